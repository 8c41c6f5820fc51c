rule r {
    when {
        transaction.labels contains null
        null in transaction.labels
        transaction.note in [null, "x"]
        lower(null) == "x"
        null
        transaction.note ?? null == "x"
        plugin.lookup.any(key: 1).x == null
    }
    then {
        flag_for_review()
    }
}
