list a from "contries.txt"
list b from "\(x).txt"

rule r {
    when {
        transaction.channel in list.a and transaction.channel in list.b
    }
    then {
        flag_for_review()
    }
}
