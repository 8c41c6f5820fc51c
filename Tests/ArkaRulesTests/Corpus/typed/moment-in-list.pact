rule r {
    when {
        transaction.created_at in ["2026-01-01", 5]
        context.event_time in [5]
        1h in [60, "x"]
    }
    then {
        flag_for_review()
    }
}
