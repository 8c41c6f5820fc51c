rule r {
    when {
        transaction.amount > 5
    }
    then {
        reject(reason: "a \([1, 2]) b")
        reject(reason: "a \(null) b")
        reject(reason: "a \(transaction.amount / 3) b")
    }
}
