rule r {
    when {
        transaction.channel == 'web'
        transaction.channel == “web”
        transaction.channel == 'web
    }
    then {
        flag_for_review()
    }
}
