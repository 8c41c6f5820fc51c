rule r {
    when {
        transaction.fee ?? transaction.amount ?? transaction.amount ?? transaction.amount ?? transaction.amount ?? transaction.amount ?? transaction.amount ?? transaction.amount ?? transaction.amount ?? transaction.amount ?? transaction.amount ?? transaction.amount ?? transaction.amount ?? transaction.amount ?? transaction.amount ?? transaction.amount ?? transaction.amount ?? transaction.amount ?? transaction.amount ?? transaction.amount ?? transaction.amount > 5
    }
    then {
        flag_for_review()
    }
}
