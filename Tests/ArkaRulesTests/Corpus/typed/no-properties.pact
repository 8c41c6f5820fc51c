rule r {
    when {
        transaction.amount.value > 220
        transaction.tags.first == "x"
    }
    then {
        flag_for_review()
    }
}
