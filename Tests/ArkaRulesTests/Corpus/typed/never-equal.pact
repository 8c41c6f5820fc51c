rule r {
    when {
        transaction.currency == "EURO"
        transaction.currency in ["USD", "gbp"]
        "CHF" != transaction.currency
    }
    then {
        flag_for_review()
    }
}
