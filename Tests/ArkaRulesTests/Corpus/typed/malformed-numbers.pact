rule r {
    when {
        transaction.amount > 1__000
        transaction.amount > 10_
        transaction.amount > 007
        transaction.amount > 1e6
        transaction.amount > 12abc
        transaction.amount > .5
    }
    then {
        flag_for_review()
    }
}
