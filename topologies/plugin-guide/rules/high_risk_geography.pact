// Rule using enrichment plugin
rule high_risk_geography {
    when {
        // Enrich with geographic risk data
        let geo_data = plugin.geo_enrichment.enrich_geography(
            country_code: transaction.destination.country
        )

        geo_data.geo_risk_score > 80 and
        transaction.amount > 10000
    }
    then {
        flag_for_review(reason: "High risk geography")
    }
}
