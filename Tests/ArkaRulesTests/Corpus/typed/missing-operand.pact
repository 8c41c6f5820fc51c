rule r {
    when {
        transaction.recurring
            and transaction.amount >
    }
    then {
        flag_for_review()
    }
}
rule b {
    when {
        transaction.count > 3 and
    }
    then {
        flag_for_review()
    }
}
rule c {
    when {
        transaction.amount >
        transaction.count > 3
    }
    then {
        flag_for_review()
    }
}
