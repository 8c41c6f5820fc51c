rule r {
    when {
        transaction.amount > 5 && transaction.count < 3 || !transaction.recurring
        transaction.channel == 'web'
        transaction.count > 3;
        transaction.amount > 10 # large
        transaction.größe > 3
    }
    then {
        flag_for_review()
    }
}
