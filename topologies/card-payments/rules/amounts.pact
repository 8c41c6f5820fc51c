// What a payment's size alone says.

rule amount_over_220(description: "More than customers of this portfolio pay at one terminal") {
    when {
        transaction.amount > 220
    }
    then {
        flag_for_review(reason: "the amount is above 220")
    }
}

rule exceptional_payment(severity: "high") {
    when {
        transaction.amount >= 1_000
    }
    then {
        require_manual_review(reason: "a payment of 1,000 or more")
    }
}

rule card_testing(description: "Stolen cards are tried out with payments nobody notices") {
    when {
        transaction.amount > 0
        transaction.amount < 0.10
    }
    then {
        flag_for_review(reason: "a payment as small as those that test stolen cards")
    }
}

rule nothing_to_pay {
    when {
        transaction.amount <= 0
    }
    then {
        reject(reason: "the payment is zero or negative")
    }
}
