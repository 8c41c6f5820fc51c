rule r {
    when {
        plugin.sanctions_list.check_sanctions(customer.id, "individual").is_sanctioned
        plugin.lookup.now(5).x == 3
    }
    then {
        flag_for_review()
    }
}
