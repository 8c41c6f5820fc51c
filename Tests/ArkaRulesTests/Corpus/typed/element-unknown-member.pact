rule r {
    when {
        transaction.items[0].prize ?? 0 > 5
    }
    then {
        flag_for_review()
    }
}
