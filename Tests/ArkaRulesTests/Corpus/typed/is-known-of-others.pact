list a = ["x"]
const limit = 5

rule r {
    when {
        plugin.lookup.now() is unknwn
        lower(transaction.note) is known
        list.a is known
        limit is known
        (transaction.note ?? "x") is known
        "x" is known
    }
    then {
        flag_for_review()
    }
}
