rule r {
    when {
        transaction.a - transaction.b > 24h
        hour(5) > 3
        transaction.a + 24h > 5
        length(transaction.a) == "x"
        transaction.a matches 5
    }
    then {
        flag_for_review()
    }
}
