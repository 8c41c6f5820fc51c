rule r {
    when {
        transaction.amount / transaction.count + 1 > 5
        transaction.amount / 2 > transaction.amount / 3
        (transaction.amount / transaction.count) ?? 0 > 1
        transaction.amount / 0 > 5
        -(transaction.amount / 3) > 5
        let mean = transaction.amount / transaction.count
        mean * 2 > 5
        mean
    }
    then {
        flag_for_review()
    }
}
