rule r {
    when {
        transaction.channel matches transaction.note
        transaction.channel matches "a\(transaction.channel)"
        transaction.channel matches 5
        transaction.amount matches "x"
    }
    then {
        flag_for_review()
    }
}
