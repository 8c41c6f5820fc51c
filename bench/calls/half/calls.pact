// Half of the partitions need the service, the other half never do.
rule known_to_service {
    when {
        context.partition < 4
        plugin.service.check(entity_id: transaction.id).match == true
    }
    then {
        flag_for_review(reason: "the service knows it")
    }
}
