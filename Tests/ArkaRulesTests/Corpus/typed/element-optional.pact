rule r {
    when {
        transaction.items[0].price > 5
        transaction.labels[3] == "x"
    }
    then {
        flag_for_review()
    }
}
