rule r {
    when {
        transaction.amount > 220
    }
    then {
        flag_for_review()
    }
}
rule b {
    when {
        transaction.amuont > 220
    }
    then {
        flag_for_review()
    }
}
