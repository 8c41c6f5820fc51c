list a = ["x", transaction.channel, 1 > 2, null, [5]]

rule r {
    when {
        transaction.channel in list.a
    }
    then {
        flag_for_review()
    }
}
