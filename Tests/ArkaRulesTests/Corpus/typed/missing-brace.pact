rule a {
    when {
        transaction.amount > 5
    then {
        flag_for_review()
    }
}

rule b {
    when {
        transaction.amout > 5
    }
    then {
        flag_for_review()
    }
}
