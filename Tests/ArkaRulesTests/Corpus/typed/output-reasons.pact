rule r {
    when {
        transaction.amount > 5
    }
    then {
        reject(reason: transaction.amount)
        reject(reason: customer.pep)
        reject(reason: 24h)
        reject(reason: ["x"])
        reject(reason: transaction.metadata)
        reject(reason: transaction.amount > 5)
    }
}
