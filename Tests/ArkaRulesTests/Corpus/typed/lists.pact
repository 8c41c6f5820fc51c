rule r {
    when {
        transaction.channel in ["web", 5, true]
        transaction.amount in [transaction.count, 5]
        transaction.amount in 5
        transaction.amount in (5, 6)
        transaction.channel not in "web"
        transaction.amount in [[1], 2]
    }
    then {
        flag_for_review()
    }
}
