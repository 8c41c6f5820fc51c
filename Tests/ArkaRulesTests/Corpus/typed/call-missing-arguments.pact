rule r {
    when {
        plugin.sanctions_list.check_sanctions(entity_id: customer.id).is_sanctioned
        plugin.sanctions_list.check_sanctions().is_sanctioned
    }
    then {
        flag_for_review()
    }
}
