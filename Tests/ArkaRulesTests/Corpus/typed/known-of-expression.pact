rule r {
    when {
        (transaction.amount + transaction.fee) is known
        5 is known
        let double = transaction.amount * 2
        double is unknown
        transaction.amout is known
    }
    then {
        flag_for_review()
    }
}
