list channels = ["web", "app"]

rule r {
    when {
        transaction.channel in list.channel
        transaction.channel in list.x
        transaction.channel in list
        transaction.channel in list.channels.web
        transaction.channel in list[0]
    }
    then {
        flag_for_review()
    }
}
