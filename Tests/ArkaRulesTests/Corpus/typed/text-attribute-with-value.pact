rule r(description: "a \(transaction.amount)", tags: ["x\(1)"], severity: "hi\(1)") {
    when {
        transaction.amount > 5
    }
    then {
        flag_for_review()
    }
}
