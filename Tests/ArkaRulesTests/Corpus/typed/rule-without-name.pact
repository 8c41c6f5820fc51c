rule {
    when { true }
    then { flag_for_review() }
}
rule when {
}
rule b {
    when {
        transaction.amout > 5
    }
    then {
        flag_for_review()
    }
}
