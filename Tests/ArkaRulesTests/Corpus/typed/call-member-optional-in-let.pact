rule r {
    when {
        let geo = plugin.geo_enrichment.enrich_geography(country_code: "DE")
        geo.region == "EU"
        geo.region != "US"
    }
    then {
        flag_for_review()
    }
}
