// café
rule r {
    when {
        transaction.amout > 5
    }
    then {
        flag_for_review()
    }
}
