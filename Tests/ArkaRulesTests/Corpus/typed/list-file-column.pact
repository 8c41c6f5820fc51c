list a from "countries.csv" column "iso"
list b from "countries.csv"

rule r {
    when {
        transaction.channel in list.a
        transaction.channel in list.b
    }
    then {
        flag_for_review()
    }
}
