rule r {
    when {
        plugin.sanctions_list.check_sanctions(entity_di: customer.id, entity_type: "individual").is_sanctioned
        plugin.lookup.now(at: 5).hour == 3
    }
    then {
        flag_for_review()
    }
}
