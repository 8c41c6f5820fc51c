rule r {
    when {
        transaction.amount > 5
    }
    then {
        reject(reason: "a \(lower(\"X\")) b")
    }
}
