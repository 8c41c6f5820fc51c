rule a {
    when {
        transaction.amout > 5
    }
}
