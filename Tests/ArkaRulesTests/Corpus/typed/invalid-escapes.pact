rule r {
    when {
        transaction.channel == "a\qb\u{110000}c\u12"
    }
    then {
        flag_for_review()
    }
}
