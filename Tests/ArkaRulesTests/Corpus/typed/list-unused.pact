list a = ["x"]
list b from "countries.txt"

rule r {
    when {
        transaction.amount > 5
    }
    then {
        flag_for_review()
    }
}
