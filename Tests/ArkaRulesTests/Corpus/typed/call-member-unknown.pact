rule r {
    when {
        plugin.sanctions_list.check_sanctions(entity_id: customer.id, entity_type: "individual").is_sanctoned
        plugin.geo_enrichment.enrich_geography(country_code: "DE").region.code == "x"
        plugin.geo_enrichment.enrich_geography(country_code: "DE")[0] == "x"
    }
    then {
        flag_for_review()
    }
}
