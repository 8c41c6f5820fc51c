rule r {
    when {
        let answer = plugin.sanctions_list.check_sanctions(entity: customer.id)
        answer.is_sanctioned
        answer.match_score > 3
    }
    then {
        reject(reason: "\(answer.details)")
    }
}
