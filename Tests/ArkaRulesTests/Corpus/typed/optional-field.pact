rule r {
    when {
        transaction.fee > 2 or transaction.note == "x"
        transaction.merchant.country == "DE"
        transaction.metadata.velocity > 3
        (customer.risk_score ?? 0) + customer.risk_score > 3
    }
    then {
        flag_for_review()
    }
}
