rule r {
    when {
        transaction.amount > 5
    }
    then {
        rejct(reason: "x")
        notify()
        let x = 3
        flag_for_review
    }
}
