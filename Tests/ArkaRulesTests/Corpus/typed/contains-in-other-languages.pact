rule r {
    when {
        transaction.channel.contains("web")
        transaction.channel like "w%"
        transaction.channel startsWith "w"
        contains(transaction.channel, "w")
    }
    then {
        flag_for_review()
    }
}
