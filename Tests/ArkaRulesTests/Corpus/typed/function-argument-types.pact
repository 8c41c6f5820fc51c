rule r {
    when {
        lower(transaction.amount) == "x"
        length(transaction.amount) > 5
        abs(transaction.channel) > 5
        round(transaction.created_at) > 5
        hour(transaction.channel) > 5
        hour(transaction.amount) > 5
        min(transaction.amount, transaction.created_at) > 5
        timestamp(5) > transaction.created_at
        trim(transaction.recurring) == "x"
    }
    then {
        flag_for_review()
    }
}
