list a from "latin1.txt"

rule r {
    when {
        transaction.channel in list.a
        transaction.channel not in list.a
    }
    then {
        flag_for_review()
    }
}
