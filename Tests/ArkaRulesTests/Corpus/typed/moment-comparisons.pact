rule r {
    when {
        transaction.created_at > 5
        transaction.created_at > 24h
        transaction.created_at == true
        transaction.created_at + transaction.created_at > 5h
        transaction.created_at * 2 > 5
        -transaction.created_at > 5
        transaction.created_at - 5 > transaction.created_at
    }
    then {
        flag_for_review()
    }
}
