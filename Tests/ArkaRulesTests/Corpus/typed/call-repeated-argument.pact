rule r {
    when {
        plugin.sanctions_list.check_sanctions(entity_id: customer.id, entity_id: customer.id, entity_type: "individual").is_sanctioned
    }
    then {
        flag_for_review()
    }
}
