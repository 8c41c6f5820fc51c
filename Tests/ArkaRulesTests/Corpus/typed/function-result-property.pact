rule r {
    when {
        lower(transaction.channel).x == "y"
        transaction.amount == length(transaction.tags)[0]
    }
    then {
        flag_for_review()
    }
}
