rule r {
    when {
        "\(transaction.amuont)" == "x"
    }
    then {
        reject(reason: "a \(transaction.amuont) b \(foo)")
    }
}
