const limit = 5
list used = ["x"]

rule a {
    when {
        transaction.amount > limt
        transaction.channel in list.used
    }
    then {
        flag_for_review()
    }
}
// === second.pact
const limit = 6
list used = ["y"]
list unused = ["y"]

rule a {
    when {
        transaction.amuont > limit
    }
    then {
        flag_for_review()
    }
}
// === third.pact
rule b {
    when {
        transaction.amount > 5 +
    }
    then {
        flag_for_review()
    }
