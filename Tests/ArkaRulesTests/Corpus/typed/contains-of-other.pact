rule r {
    when {
        transaction.amount contains 5
        transaction.channel contains 5
        transaction.recurring starts_with "x"
        transaction.channel starts_with transaction.amount
        transaction.labels starts_with "x"
        5 ends_with "x"
    }
    then {
        flag_for_review()
    }
}
