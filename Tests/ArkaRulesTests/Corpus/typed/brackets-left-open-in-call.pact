rule r {
    when {
        lower(transaction.channel == "x"
        transaction.count > 5
    }
    then {
        plugin.lookup.note(
        reject(reason: "x"
    }
}
