rule r {
    when {
        5 < transaction.amount < 10
        transaction.recurring == true == true
    }
    then {
        flag_for_review()
    }
}
