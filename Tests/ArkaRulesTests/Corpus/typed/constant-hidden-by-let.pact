const limit = 10

rule r {
    when {
        let limit = 5
        transaction.amount > limit
    }
    then {
        flag_for_review()
    }
}
