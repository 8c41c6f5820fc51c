rule big {
    when {
        transaction.amuont > 100
    }
    then {
        flag_for_review(reason: "big")
    }
}
