rule r {
    when {
        transaction.created_at > timestamp("2026-02-30")
        transaction.created_at > timestamp("yesterday")
        transaction.created_at > timestamp("2026-01-01T00:00:00")
        transaction.created_at < timestamp("9999-12-31") + 365d
    }
    then {
        flag_for_review()
    }
}
