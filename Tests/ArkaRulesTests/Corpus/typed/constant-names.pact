const a = 5
const a = 6
const transaction = 5
const list = 5
const context = 3
const plugin = 3

rule r {
    when {
        transaction.amount > a
    }
    then {
        flag_for_review()
    }
}
