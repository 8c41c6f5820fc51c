rule r {
    when {
        transaction.amount > 5
    }
    then {
        plugin.sanctions_list.check_sanctions(entity_id: customer.id, entity_type: "individual")
    }
}
