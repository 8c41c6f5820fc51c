rule a {
    when {
        transaction.amount > 5
    }
    then {
        flag_for_review()
