import PactPlugins

/// Enriches transactions with geographic risk data.
struct GeoEnrichmentPlugin: EnrichmentPlugin {
    static let metadata = PluginMetadata(
        name: "geo-enrichment", version: "1.0.0", description: "Geographic data enrichment")

    let riskData: PluginValue

    init(_ configuration: PluginConfiguration, services: PluginServices) throws {
        riskData = try configuration.read("risk_data")
    }

    var functions: [DeclaredFunction] {
        Enrichment(
            "enrich_geography", "Add geographic risk scores",
            result: .fields([
                "geo_risk_score": Int.self, "geo_risk_category": String.self,
                "is_fatf_high_risk": Bool.self, "is_tax_haven": Bool.self,
                "aml_regime_strength": String.self,
            ])
        ) {
            Parameter("country_code", String.self, "ISO country code")
        } answerAtOnce: { countryCode in
            let risk = riskData[countryCode] ?? [:]
            return EnrichmentResult(enrichments: [
                "geo_risk_score": risk["risk_score", default: 50],
                "geo_risk_category": risk["category", default: "medium"],
                "is_fatf_high_risk": risk["fatf_high_risk", default: false],
                "is_tax_haven": risk["tax_haven", default: false],
                "aml_regime_strength": risk["aml_strength", default: "moderate"],
            ])
        }
    }
}
