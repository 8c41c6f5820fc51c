rule r {
    when {
        transaction.note == null
        null != transaction.note
        transaction.fee > null
        transaction.channel in ["a", null]
        transaction.fee ?? null > 3
        null
    }
    then {
        flag_for_review()
    }
}
