rule r {
    when {
        plugin.sanctions_list(entity_id: customer.id)
        plugin.lookup.any.deep(key: 1).x == 5
        plugin.now()
    }
    then {
        flag_for_review()
    }
}
