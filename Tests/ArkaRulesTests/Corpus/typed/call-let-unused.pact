rule r {
    when {
        let answer = plugin.lookup.now()
        transaction.amount > 5
    }
    then {
        flag_for_review()
    }
}
