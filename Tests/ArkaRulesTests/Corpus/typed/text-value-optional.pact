rule r {
    when {
        "\(transaction.fee)" == "x"
    }
    then {
        flag_for_review()
    }
}
