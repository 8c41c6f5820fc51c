rule r {
    when {
        plugin.geo_enrichment.enrich_geography(country_code: "DE") > 80
        plugin.geo_enrichment.enrich_geography(country_code: "DE")
    }
    then {
        flag_for_review()
    }
}
