// Flags of an anti-money-laundering check, each a rule; a flag that is neither red nor amber is green.
list usd_sanctioned = ["RU", "CU", "KP", "VE"]
list eur_sanctioned = ["RU", "NK"]
list eur_watched = ["VE", "IR"]

rule transaction_amount_red(on_unknown: ignore) {
    when {
        let tier = input.customer.tier ?? "none"
        let amount = input.transaction.amountUSD
        tier == "business" and amount > 100_000 or tier not in ["enterprise", "business"] and amount > 50_000
    }
    then {
        reject(reason: "Amount of \(input.transaction.amountUSD) is out of proportion")
    }
}

rule transaction_amount_amber(on_unknown: ignore) {
    when {
        let tier = input.customer.tier ?? "none"
        let amount = input.transaction.amountUSD
        tier == "enterprise" and amount > 50_000
            or tier == "business" and amount > 20_000 and amount <= 100_000
            or tier not in ["enterprise", "business"] and amount > 10_000 and amount <= 50_000
    }
    then {
        flag_for_review(reason: "Amount of \(input.transaction.amountUSD) is high")
    }
}

rule merchant_reputation_red(on_unknown: ignore) {
    when {
        (input.merchant.reputation ?? 0) <= 0.5 or (input.merchant.reputation ?? 0) > 1
    }
    then {
        reject(reason: "Merchant of ill repute")
    }
}

rule merchant_reputation_amber(on_unknown: ignore) {
    when {
        input.merchant.reputation > 0.5 and input.merchant.reputation <= 0.8
    }
    then {
        flag_for_review(reason: "Merchant of doubtful repute")
    }
}

rule usd_sanction_red(on_unknown: ignore) {
    when {
        input.transaction.currency == "USD"
        input.merchant.location.country in list.usd_sanctioned
    }
    then {
        reject(reason: "USD sanctions on \(input.merchant.location.country)")
    }
}

rule eur_sanctions_red(on_unknown: ignore) {
    when {
        input.transaction.currency == "EUR"
        input.merchant.location.country in list.eur_sanctioned
    }
    then {
        reject(reason: "EUR sanctions on \(input.merchant.location.country)")
    }
}

rule eur_sanctions_amber(on_unknown: ignore) {
    when {
        input.transaction.currency == "EUR"
        input.merchant.location.country in list.eur_watched
    }
    then {
        flag_for_review(reason: "EUR watch list has \(input.merchant.location.country)")
    }
}
