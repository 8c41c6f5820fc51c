rule r {
    when {
        transaction.amount > 1000000000000000000000
        transaction.amount > 0.0000000000000000001
    }
    then {
        flag_for_review()
    }
}
