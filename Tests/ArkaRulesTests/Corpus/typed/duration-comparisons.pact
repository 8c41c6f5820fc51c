rule r {
    when {
        24h > 5
        transaction.amount > 24h
        24h + 5 > 3h
        24h * 2h > 3h
        5 / 24h > 3
        transaction.created_at - 24h > 3d
        transaction.channel == 24h
    }
    then {
        flag_for_review()
    }
}
