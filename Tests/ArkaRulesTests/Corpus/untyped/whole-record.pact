rule r {
    when {
        transaction is known
        customer is known
    }
    then {
        flag_for_review()
    }
}
