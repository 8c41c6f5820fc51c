const a 5
const b = 
const c = 5 6
const = 5
const d == 5

rule r {
    when {
        transaction.amount > 5
    }
    then {
        flag_for_review()
    }
}
