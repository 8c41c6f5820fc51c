rule r {
    when {
        plugin.sanctions_list.check_sanctions(entity_id: customer.idd, entity_type: 5 + "x", list: []).is_sanctioned
    }
    then {
        flag_for_review()
    }
}
