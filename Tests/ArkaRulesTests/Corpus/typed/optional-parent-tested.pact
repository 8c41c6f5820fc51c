rule r {
    when {
        transaction.merchant is known
        transaction.merchant.country == "DE"
        transaction.merchant.name == "x"
    }
    then {
        flag_for_review()
    }
}
