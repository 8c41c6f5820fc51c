rule r {
    when {
        plugin.sanction_list.check_sanctions(entity_id: customer.id, entity_type: "individual").is_sanctioned
        plugin.weather.now().rain
    }
    then {
        flag_for_review()
    }
}
