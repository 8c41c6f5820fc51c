rule r {
    when {
        lower() == "x"
        lower(transaction.channel, "x") == "x"
        min(5) > transaction.amount
        round(transaction.amount, 2, 3) > 5
        timestamp() > transaction.created_at
    }
    then {
        flag_for_review()
    }
}
