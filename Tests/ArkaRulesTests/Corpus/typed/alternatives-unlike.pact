rule r {
    when {
        transaction.fee ?? "x" > 5
        transaction.note ?? 5 == "x"
        transaction.settled_at ?? 5 > transaction.created_at
        transaction.settled_at ?? 24h > 3h
    }
    then {
        flag_for_review()
    }
}
