rule r {
    when {
        plugin.sanctions_list.check_sanction(entity_id: customer.id).is_sanctioned
        plugin.geo_enrichment.locate(country_code: "DE").region is known
    }
    then {
        flag_for_review()
    }
}
