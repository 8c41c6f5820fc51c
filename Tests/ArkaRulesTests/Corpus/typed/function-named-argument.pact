rule r {
    when {
        round(transaction.amount, decimals: 2) > 5
    }
    then {
        flag_for_review()
    }
}
