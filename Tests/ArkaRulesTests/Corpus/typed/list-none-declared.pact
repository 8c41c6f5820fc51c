rule r {
    when {
        transaction.channel in list.channels
    }
    then {
        flag_for_review()
    }
}
