rule r {
    when {
        transaction.labels contains 5
        transaction.scores contains "x"
        5 in transaction.labels
        transaction.scores contains transaction.channel
        transaction.labels contains (transaction.amount > 5)
        transaction.items contains "x"
    }
    then {
        flag_for_review()
    }
}
