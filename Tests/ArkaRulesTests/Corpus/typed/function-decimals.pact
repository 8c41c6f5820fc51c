rule r {
    when {
        round(transaction.amount, 19) > 5
        round(transaction.amount, -1) > 5
        round(transaction.amount, 1.5) > 5
        round(transaction.amount, transaction.count) > 5
    }
    then {
        flag_for_review()
    }
}
