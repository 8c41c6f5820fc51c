list channels = ["web", "app"]

rule r {
    when {
        list.channels == "web"
        list.channels
        transaction.amount + list.channels > 5
        lower(list.channels) == "x"
        list.channels contains "web"
        transaction.channel in [list.channels]
    }
    then {
        flag_for_review()
    }
}
