list a = "x"
list b "x"
list c = ["x"
list d from channels
list e from "countries.txt" colum "x"
list f from "countries.csv" column iso2
list rule = ["x"]
list = ["x"]

rule r {
    when {
        transaction.channel in list.a or transaction.channel in list.b
    }
    then {
        flag_for_review()
    }
}
