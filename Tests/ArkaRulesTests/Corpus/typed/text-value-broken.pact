rule r {
    when {
        transaction.amount > 5
    }
    then {
        reject(reason: "a \(transaction.) b")
        reject(reason: "a \(transaction.amount > ) b")
        reject(reason: "a \(1 2) b")
        reject(reason: "a \(let x = 5) b")
        reject(reason: "a \(transaction.amount,) b")
    }
}
