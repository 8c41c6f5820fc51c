rule big {
    when {
        transaction.amount > 100
    }
    then {
        flag_for_review(reason: "big")
    }
}
