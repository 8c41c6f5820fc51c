list a = ["x", 5]

rule r {
    when {
        transaction.channel in list.a
    }
    then {
        flag_for_review()
    }
}
