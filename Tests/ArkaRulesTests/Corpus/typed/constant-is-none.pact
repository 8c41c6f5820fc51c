const a = transaction.amount
const b = [1, 2]
const c = 1 > 2
const d = null
const e = plugin.lookup.now()
const f = later
const g = 1 / 3
const h = "\(1)"
const later = 5

rule r {
    when {
        transaction.amount > a
    }
    then {
        flag_for_review()
    }
}
