const limit = 10

rule r {
    when {
        transaction.amount > limit.x
    }
    then {
        flag_for_review()
    }
}
