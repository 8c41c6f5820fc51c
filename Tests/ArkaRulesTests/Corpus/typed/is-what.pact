rule r {
    when {
        transaction.note is null
        transaction.note is not known
    }
    then {
        flag_for_review()
    }
}
