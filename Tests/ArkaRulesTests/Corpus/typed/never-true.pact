list near = ["DE", "AT"]
const limit = 5

rule numbers { when { transaction.amount > 5 and transaction.amount < 3 } then { flag_for_review() } }
rule touching { when { transaction.amount > 5 and transaction.amount <= 5 } then { flag_for_review() } }
rule whole_numbers { when { transaction.count > 5 and transaction.count < 6 } then { flag_for_review() } }
rule texts { when { customer.country == "DE" and customer.country == "FR" } then { flag_for_review() } }
rule lists { when { customer.country in list.near and customer.country in ["FR"] } then { flag_for_review() } }
rule lists_and_bounds { when { transaction.count in [1, 2] and transaction.count > 2 } then { flag_for_review() } }
rule not_in { when { transaction.channel == "web" and transaction.channel not in ["web", "app"] } then { flag_for_review() } }
rule unknown { when { transaction.fee is unknown and transaction.fee > 3 } then { flag_for_review() } }
rule known { when { transaction.fee is unknown and transaction.fee is known } then { flag_for_review() } }
rule booleans { when { customer.pep and not customer.pep } then { flag_for_review() } }
rule in_or { when { customer.pep or (transaction.amount > 5 and transaction.amount < 3) } then { flag_for_review() } }
rule negated { when { not (transaction.amount >= 3 or transaction.amount < limit) } then { flag_for_review() } }
rule impossible_hour { when { hour(transaction.created_at) > 23 } then { flag_for_review() } }
rule computed { when { transaction.amount * 2 > 5 and transaction.amount * 2 < 5 } then { flag_for_review() } }
rule quotient { when { transaction.amount / 3 > 5 and 4 > transaction.amount / 3 } then { flag_for_review() } }
rule moments {
    when {
        transaction.created_at > timestamp("2026-01-02")
        let old = transaction.created_at < timestamp("2026-01-01")
        old
    }
    then {
        flag_for_review()
    }
}
rule lines {
    when {
        let large = transaction.amount > limit
        large
        customer.pep
        transaction.amount <= 5
    }
    then {
        flag_for_review()
    }
}
