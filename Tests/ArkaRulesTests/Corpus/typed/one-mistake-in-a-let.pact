rule r {
    when {
        let total = transaction.amuont + 5
        total > 5
        total < 50
        let more = total * 2
        more > 7
    }
    then {
        reject(reason: "\(more)")
    }
}
