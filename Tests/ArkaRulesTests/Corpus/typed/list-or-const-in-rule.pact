rule r {
    list a = ["x"]
    when {
        const limit = 5
        transaction.amount > 5
    }
    then {
        flag_for_review()
    }
}
