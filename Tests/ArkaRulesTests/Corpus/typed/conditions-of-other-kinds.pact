rule r {
    when {
        transaction.amount and transaction.recurring
        not transaction.channel
        transaction.amount or customer.pep
        24h
        "x"
        transaction.created_at
    }
    then {
        flag_for_review()
    }
}
