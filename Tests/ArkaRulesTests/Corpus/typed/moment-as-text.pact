const day = "2026-01-31"

rule r {
    when {
        transaction.created_at > "2026-01-31"
        day == transaction.created_at
        transaction.created_at in ["2026-01-31", "2026-02-01"]
        transaction.created_at > timestamp("2026-01-31")
        transaction.created_at starts_with "2026"
    }
    then {
        flag_for_review()
    }
}
