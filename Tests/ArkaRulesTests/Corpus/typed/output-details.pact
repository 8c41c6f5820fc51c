list a = ["x"]

rule r {
    when {
        transaction.amount > 5
    }
    then {
        require_manual_review(reason: "x", details: transaction.amount / 3)
        require_manual_review(reason: "x", details: list.a)
        require_manual_review(reason: "x", details: [transaction.amuont, 5 + "x"])
        require_manual_review(reason: "x", details: transaction)
    }
}
