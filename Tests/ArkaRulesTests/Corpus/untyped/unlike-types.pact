rule r {
    when {
        transaction.amount + 5 == "x"
        let total = transaction.amount * 2
        total == true
        transaction.a ?? "x" > 5
        transaction.a in [1, "x"]
    }
    then {
        flag_for_review()
    }
}
