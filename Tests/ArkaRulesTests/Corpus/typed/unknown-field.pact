rule r {
    when {
        transaction.amuont > 220
        transaction.customer.adress.country == "DE"
        customer.age > 5
        transaction.velocity > 3
    }
    then {
        flag_for_review()
    }
}
