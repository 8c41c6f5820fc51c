rule r {
    when {
        transacton.amount > 220
        user.id == "x"
    }
    then {
        flag_for_review()
    }
}
