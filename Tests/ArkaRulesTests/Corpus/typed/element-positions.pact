rule r {
    when {
        transaction.tags[256] == "x"
        transaction.tags[-1] == "x"
        transaction.tags[1.5] == "x"
        transaction.tags[x] == "x"
        transaction.tags[] == "x"
        transaction.tags["x"] == "x"
        transaction.tags[0 == "x"
    }
    then {
        flag_for_review()
    }
}
