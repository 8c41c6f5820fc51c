rule r {
    when {
        transaction.channel matches "(a"
        transaction.channel matches "[a-"
        transaction.channel matches "*a"
        transaction.channel matches "a{2,1}"
    }
    then {
        flag_for_review()
    }
}
