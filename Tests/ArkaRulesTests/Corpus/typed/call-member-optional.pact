rule r {
    when {
        plugin.geo_enrichment.enrich_geography(country_code: "DE").region == "EU"
    }
    then {
        flag_for_review()
    }
}
