rule known_to_service {
    when {
        plugin.service.check(entity_id: transaction.id).match == true
    }
    then {
        flag_for_review(reason: "the service knows it")
    }
}
