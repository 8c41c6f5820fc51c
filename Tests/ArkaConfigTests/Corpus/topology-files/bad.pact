rule big {
    when {
        transaction.amount >
    }
    then {
        flag_for_review(reason: "big")
    }
}
