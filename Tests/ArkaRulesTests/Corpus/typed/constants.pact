rule r {
    when {
        transaction.amount > 1 / 3
        transaction.amount > 5 / 0
        transaction.amount > 100000000000 * 100000000000
        transaction.amount > 170000000000000000000 + 170000000000000000000
    }
    then {
        flag_for_review()
    }
}
