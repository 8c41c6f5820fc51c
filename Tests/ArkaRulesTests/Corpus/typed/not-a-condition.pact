rule r {
    when {
        transaction.amount
        "yes" or 5
        not transaction.channel
        transaction.merchant
    }
    then {
        flag_for_review()
    }
}
