rule r {
    when {
        plugin.sanctions_list.check_sanctions(entity_id: customer.id, entity_type: "indivdual").is_sanctioned
        plugin.sanctions_list.check_sanctions(entity_id: customer.id, entity_type: "x").is_sanctioned
    }
    then {
        flag_for_review()
    }
}
