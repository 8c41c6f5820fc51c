list a from "empty.txt"

rule r {
    when {
        transaction.channel in list.a
    }
    then {
        flag_for_review()
    }
}
