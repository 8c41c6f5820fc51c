rule r {
    when {
        transaction.labels == "x"
        transaction.labels + 5 > 3
        transaction.items
        lower(transaction.labels) == "x"
    }
    then {
        flag_for_review()
    }
}
