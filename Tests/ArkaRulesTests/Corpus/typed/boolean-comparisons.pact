rule r {
    when {
        customer.pep == "true"
        customer.pep == 1
        customer.pep > false
        (transaction.amount > 5) > true
        not customer.pep == transaction.amount
    }
    then {
        flag_for_review()
    }
}
