import ArkaModel
import ArkaRules

/// The functions that the tests' rules call: what the plugins of the guide export, and `lookup`, which
/// takes and answers anything.
extension Payments {
    /// Everything that rules of these tests are checked against; lists come from the corpus.
    static func inputs(
        _ layout: RecordLayout = layout, onUnknown: OnUnknown? = nil
    ) -> RuleInputs {
        RuleInputs(
            layout: layout, onUnknown: onUnknown, functions: functions,
            listFile: { path, _ in RuleSamples.list(path) })
    }

    static let functions = FunctionTable([
        sanctions, geography, validation, alert,
        FunctionSignature(
            plugin: "lookup", name: "any", kind: .enrichment,
            parameters: [.init("key"), .init("second", isRequired: false)]),
        FunctionSignature(plugin: "lookup", name: "now", kind: .dataSource),
        FunctionSignature(plugin: "lookup", name: "note", kind: .action),
    ])

    private static let sanctions = FunctionSignature(
        plugin: "sanctions_list", name: "check_sanctions", kind: .dataSource,
        parameters: [
            .init("entity_id", of(.string)),
            .init(
                "entity_type",
                .constrained(
                    .init(
                        types: .string,
                        allowed: ["individual", "organization"].map { .string(Array($0.utf8)) }))),
            .init("lists", of(.array), isRequired: false),
        ],
        result: object([
            property("is_sanctioned", .boolean), property("match_score", .number),
            property("listed_since", .string, isRequired: false), property("details", .object),
        ]))

    private static let geography = FunctionSignature(
        plugin: "geo_enrichment", name: "enrich_geography", kind: .enrichment,
        parameters: [.init("country_code", of(.string))],
        result: object([
            property("geo_risk_score", .number), property("region", .string, isRequired: false),
        ]))

    private static let validation = FunctionSignature(
        plugin: "kyc_validation", name: "validate_identity_document", kind: .validation,
        parameters: [.init("document_type", of(.string)), .init("document_data", of(.object))],
        result: object([
            property("valid", .boolean), property("score", .number), property("details", .object),
        ]))

    private static let alert = FunctionSignature(
        plugin: "alert_system", name: "send_alert", kind: .action,
        parameters: [
            .init(
                "severity",
                .constrained(
                    .init(
                        types: .string,
                        allowed: ["low", "medium", "high", "critical"].map {
                            .string(Array($0.utf8))
                        }))),
            .init("message", of(.string)), .init("channels", of(.array)),
        ])

    static func of(_ types: JSONTypes) -> RecordSchema { .constrained(.init(types: types)) }
}
