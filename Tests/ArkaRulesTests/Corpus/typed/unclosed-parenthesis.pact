rule r {
    when {
        (transaction.amount > 5 or transaction.count > 3
        transaction.recurring
    }
    then {
        flag_for_review()
    }
}
