list a from "\(customer.id).txt"
list b = ["\(customer.id)"]
const c = "a\(1 + 1)"

rule r {
    when {
        transaction.amount > 5
    }
    then {
        flag_for_review()
    }
}
