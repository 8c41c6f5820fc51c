rule r {
    when {
        context.event_time == "2026-01-01"
    }
    then {
        flag_for_review()
    }
}
