rule r {
    when {
        transaction.amount > 5
    }
    then {
        reject(reason: "a \(transaction.amount b")
        flag_for_review()
    }
}
