rule r {
    when {
        transaction.amount[0] == 5
        transaction.merchant[0] is known
        transaction.items[0].price.x == 5
        transaction.items.price > 5
    }
    then {
        flag_for_review()
    }
}
