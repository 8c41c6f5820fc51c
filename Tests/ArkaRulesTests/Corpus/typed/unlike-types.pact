rule r {
    when {
        transaction.amount > "220"
        transaction.channel == 5
        transaction.recurring == "true"
        transaction.recurring < true
        transaction.amount == transaction.channel
        transaction.amount + transaction.channel > 5
        -transaction.channel == 5
        transaction.channel ?? 5 == "x"
    }
    then {
        flag_for_review()
    }
}
