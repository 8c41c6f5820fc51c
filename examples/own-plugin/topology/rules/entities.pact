// Whoever our own service knows is looked at by people.
rule known_entity (severity: "high") {
    when {
        plugin.entity_check.check_entity(entity_id: transaction.sender).match == true
    }
    then {
        flag_for_review(reason: "the service knows \(transaction.sender)")
    }
}
