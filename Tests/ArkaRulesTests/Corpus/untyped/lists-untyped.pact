list a from "words.txt" column "x"

rule r {
    when {
        transaction.a in ["x", 5]
        transaction.a in 5
        transaction.a contains [1]
        transaction.a in list.a
    }
    then {
        flag_for_review()
    }
}
