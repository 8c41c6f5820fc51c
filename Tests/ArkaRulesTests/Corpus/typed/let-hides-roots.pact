rule r {
    when {
        let transaction = customer.country
        let customer = 5
        let list = 5
        let context = 5
        let plugin = 5
        transaction.amount > 5
    }
    then {
        flag_for_review()
    }
}
