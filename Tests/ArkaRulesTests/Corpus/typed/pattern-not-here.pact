rule r {
    when {
        transaction.channel matches "(?=a)b"
        transaction.channel matches "(a)\\1"
        transaction.channel matches "(?<!a)b"
    }
    then {
        flag_for_review()
    }
}
