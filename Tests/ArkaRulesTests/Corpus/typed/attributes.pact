rule r(
    priority: 1.5, on_unknown: "review", severity: "hihg", tags: "cards", descripton: "x",
    on_unknown: reveiw, priority: 3
) {
    when {
        transaction.amount > 5
    }
    then {
        flag_for_review()
    }
}
rule b(severity: high, tags: ["a", 3], on_unknown: reveiw) {
    when {
        true
    }
    then {
        flag_for_review()
    }
}
