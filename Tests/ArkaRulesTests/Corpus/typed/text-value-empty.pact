rule r {
    when {
        transaction.amount > 5
    }
    then {
        reject(reason: "a \() b")
        reject(reason: "a \(  ) b")
    }
}
