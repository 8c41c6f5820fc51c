rule r {
    when {
        lower(transaction.note) == "x"
        hour(transaction.settled_at) < 6
        length(transaction.merchant.name) > 3
    }
    then {
        flag_for_review()
    }
}
