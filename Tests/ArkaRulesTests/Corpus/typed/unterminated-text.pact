rule r {
    when {
        transaction.channel == "web
        transaction.amount > 3
    }
    then {
        flag_for_review()
    }
}
