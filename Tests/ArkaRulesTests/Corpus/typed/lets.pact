rule r {
    when {
        let unused = transaction.amount
        let limit = 5
        let limit = 6
        let customer = 5
        transaction.amount > limit
        limit.size > 3
        later > 3
        let later = 4
        later > 3
    }
    then {
        flag_for_review()
    }
}
