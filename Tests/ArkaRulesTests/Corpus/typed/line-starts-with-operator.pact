rule r {
    when {
        transaction.amount
            > 5
        transaction.amount
            + transaction.count > 5
        transaction.channel
            in ["web"]
        > 3
    }
    then {
        flag_for_review()
    }
}
