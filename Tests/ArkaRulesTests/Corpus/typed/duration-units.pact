rule r {
    when {
        transaction.amount > 5min
        transaction.amount > 5H
        transaction.amount > 1_h
        transaction.amount > 5 h
    }
    then {
        flag_for_review()
    }
}
