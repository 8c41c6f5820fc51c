rule r {
    when {
        let limit = transaction.amount
        limit > 5
    }
    then {
        reject()
        reject(resaon: "x")
        reject(reason: "x", reason: "y")
        reject("x")
        reject(reason: 5)
        reject(reason: transaction.channel)
        require_manual_review(reason: "x", details: [1, limit])
        flag_for_review(details: "x")
    }
}
