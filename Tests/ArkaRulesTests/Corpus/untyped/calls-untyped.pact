rule r {
    when {
        plugin.sanctions_list.check_sanctions(entity_id: transaction.id, entity_type: "individual").is_sanctoned
        plugin.lookup.any(key: 1).x + "a" > 5
        lower(5) == transaction.x
    }
    then {
        flag_for_review()
    }
}
