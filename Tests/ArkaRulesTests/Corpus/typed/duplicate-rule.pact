rule r {
    when {
        transaction.amount > 5
    }
    then {
        flag_for_review()
    }
}

rule r {
    when {
        transaction.count > 5
    }
    then {
        flag_for_review()
    }
}
