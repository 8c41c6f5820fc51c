rule statements {
    when {
        transaction.amount > 5
        and transaction.count > 3
                or customer.pep
        transaction
        .amount > 5 or
        customer.pep and
        // of the last
        customer.age_days >
        30
        transaction.
        fee ??
        0 > 5
        let total =
        transaction.amount +
        transaction.fee *
        2
        not
        customer.pep
        - 3 < total
        transaction.fee is
        known
        transaction.channel in
        ["web",
        "app"]
    }
    then {
        flag_for_review()
    }
}

rule brackets {
    when {
        transaction.channel in [
        "web", "app",
        "terminal"
        ] and (
        transaction.amount > 5
        or transaction.count > 3 and
        customer.age_days
        < 30
        or not (
        customer.pep
        )
        )
        or (transaction.amount > 5
        and transaction.count > 3)
        (transaction.fee
        ?? 0) * (
        transaction.count
        - 1
        ) > 5
        ((transaction.amount > 5
        or customer.pep)
        and transaction.recurring)
    }
    then {
        require_manual_review(reason: "x",
        details: [
        1, 2,
        [
        3
        ], -
        4])
        require_manual_review(
        reason:
        "x",
        details: ["a",
        "b"]
        )
        require_manual_review(details: [[
        1], [
        2
        ]], reason: "x"
        )
    }
}
