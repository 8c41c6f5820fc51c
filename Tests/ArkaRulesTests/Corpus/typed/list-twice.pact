list a = ["x"]
list a = ["y"]

rule r {
    when {
        transaction.channel in list.a
    }
    then {
        flag_for_review()
    }
}
