rule r {
    when {
        lower(transaction.amount > 5) == "x"
        length([1, 2]) > 5
        abs(null) > 3
    }
    then {
        flag_for_review()
    }
}
