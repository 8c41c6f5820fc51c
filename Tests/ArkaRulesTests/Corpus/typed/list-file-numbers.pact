list a from "words.txt"

rule r {
    when {
        transaction.amount in list.a
        transaction.count in list.a
        transaction.recurring in list.a
    }
    then {
        flag_for_review()
    }
}
