const limit = 10

rule r {
    when {
        transaction.amount > limt
    }
    then {
        flag_for_review()
    }
}
