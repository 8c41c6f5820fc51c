rule r {
    when {
        lenght(transaction.channel) > 5
        sqrt(transaction.amount) > 5
        transaction.channel(5)
        now() > transaction.created_at
    }
    then {
        flag_for_review()
    }
}
