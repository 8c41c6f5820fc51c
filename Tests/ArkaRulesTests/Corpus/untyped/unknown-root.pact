rule r {
    when {
        payment.amount > 5
    }
    then {
        flag_for_review()
    }
}
