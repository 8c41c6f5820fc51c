// Which transactions must be reported, how soon, and on which form.
//
// The graph adds up scores: amount 25, 15, 10 or 5, priority 25, 15 or 5, customer 20 or 0, history 20, 10
// or 0, jurisdiction 30, 15, 10 or 5. Rules have no such sums, so the sums above each threshold are
// written out; only a high priority brings a jurisdiction score above 5.
rule urgent_filing(on_unknown: review) {
    when {
        let amount = input.transaction.amount
        let type = input.transaction.type
        let incidents = input.customer.suspicious_activity_count
        let risky = input.customer.high_risk == true
        let high_priority = type == "cash_deposit" and amount > 10_000
            or type == "crypto_transaction" and amount > 3_000
            or type == "structured_deposit"
        let reported_soon = input.customer.jurisdiction in ["US", "EU", "UK"] and type in ["cash_deposit", "structured_deposit"]
        let medium_priority = type == "international_wire" and amount > 3_000
            or type == "securities_trade" and amount > 5_000

        // Above 60, or 40 to 60 with a high priority.
        high_priority and (amount > 5_000 or reported_soon or risky or incidents > 0)
            or medium_priority and (
                amount > 50_000 and (risky or incidents > 2)
                or amount > 10_000 and risky and incidents > 0
                or risky and incidents > 2
            )
            or amount > 50_000 and risky and incidents > 0
            or amount > 10_000 and risky and incidents > 2
    }
    then {
        require_manual_review(reason: "File within 24 hours", details: input.transaction)
    }
}

rule form_fincen_112(on_unknown: ignore) {
    when {
        input.customer.jurisdiction == "US"
        input.transaction.type == "cash_deposit" and input.transaction.amount > 10_000
    }
    then {
        flag_for_review(reason: "File FinCEN Form 112 by \(timestamp(input.transaction.date) + 15d)")
    }
}

rule kyc_incomplete(on_unknown: review) {
    when {
        input.transaction.amount > 10_000 and input.customer.kyc_verified != true
    }
    then {
        flag_for_review(reason: "Customer KYC verification incomplete for large transaction")
    }
}

rule high_risk_jurisdiction(on_unknown: review) {
    when {
        input.transaction.amount > 5_000 and input.transaction.high_risk_country == true
    }
    then {
        flag_for_review(reason: "Transaction involves high-risk jurisdiction")
    }
}

rule pattern_alert(on_unknown: review) {
    when {
        input.customer.suspicious_activity_count > 0 and input.transaction.amount > 3_000
    }
    then {
        flag_for_review(reason: "Multiple suspicious activities detected with customer")
    }
}

rule structuring(on_unknown: review) {
    when {
        input.transaction.structuring_suspected == true
    }
    then {
        flag_for_review(reason: "Potential structuring activity detected")
    }
}

rule unusual_activity(on_unknown: review) {
    when {
        input.transaction.amount > 50_000
        not (input.customer.normal_activity_patterns contains input.transaction.type)
    }
    then {
        flag_for_review(reason: "Transaction outside of normal customer activity patterns")
    }
}
