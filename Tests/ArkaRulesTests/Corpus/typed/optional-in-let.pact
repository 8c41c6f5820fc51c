rule r {
    when {
        let total = transaction.amount + transaction.fee
        let m = transaction.merchant
        total > 5
        (total ?? 0) > 3
        m.mcc == "6011"
    }
    then {
        flag_for_review()
    }
}
