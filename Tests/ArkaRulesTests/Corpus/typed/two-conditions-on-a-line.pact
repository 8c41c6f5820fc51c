rule r {
    when {
        transaction.amount > 5 transaction.count > 3
    }
    then {
        flag_for_review()
    }
}
