// Rule using sanctions check plugin
rule sanctions_screening {
    when {
        // Use plugin data source
        let sanctions_result = plugin.sanctions_list.check_sanctions(
            entity_id: transaction.sender.id,
            entity_type: "individual"
        )

        sanctions_result.is_sanctioned == true
    }
    then {
        // Use plugin action
        plugin.alert_system.send_alert(
            severity: "critical",
            message: "Sanctioned entity detected",
            channels: ["slack", "pagerduty"]
        )

        reject(reason: "Entity on sanctions list")
    }
}

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

// Rule using validation plugin
rule kyc_document_check {
    when {
        // Validate identity document
        let validation = plugin.kyc_validation.validate_identity_document(
            document_type: customer.document_type,
            document_data: customer.document
        )

        validation.valid == false or
        validation.score < 0.8
    }
    then {
        require_manual_review(
            reason: "Document validation failed",
            details: validation.details
        )
    }
}
