rule r {
    when {
        transaction.channel in ["web" "app"]
    }
    then {
        reject(reason: "a" details: "b")
    }
}
