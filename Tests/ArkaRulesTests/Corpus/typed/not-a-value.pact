rule r {
    when {
        transaction.merchant == "x"
        transaction.tags == "x"
        transaction == "x"
        (transaction.amount > 5) + 3 > 2
        (transaction.amount > 5) == transaction.recurring
        (transaction.amount > 5) ?? false
        [1, 2] == 3
    }
    then {
        flag_for_review()
    }
}
