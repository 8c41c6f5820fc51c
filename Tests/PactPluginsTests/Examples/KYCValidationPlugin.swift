import PactPlugins

/// Says how likely an image is forged, 0 to 1.
protocol FraudModel: Sendable {
    func predict(_ image: String) -> Double
}

/// Validates KYC documents.
struct KYCValidationPlugin: ValidationPlugin {
    static let metadata = PluginMetadata(
        name: "kyc-validation", version: "1.0.0", description: "KYC document validation")

    let services: PluginServices
    let documentAPI: String
    var model: any FraudModel = NoModel()

    init(_ configuration: PluginConfiguration, services: PluginServices) throws {
        self.services = services
        documentAPI = try configuration.read("document_api")
    }

    var functions: [DeclaredFunction] {
        Validator("validate_identity_document", "Validate identity document authenticity") {
            Parameter("document_type", String.self, "Such as passport or drivers_license")
            Parameter(
                "document_data", PluginValue.self, "Image and claimed data",
                schema: .fields(["image": String.self, "claimed_data": PluginValue?.self]))
        } answer: { documentType, documentData in
            let image: String = try documentData.read("image")
            let extracted = try await services.requestJSON(
                .post, url: "\(documentAPI)/extract", body: ["image": .string(image)])
            let fraudScore = model.predict(image)
            let matchScore = Self.consistency(extracted, documentData["claimed_data"] ?? [:])
            let isUnexpired = extracted["expiry_valid", default: false] == true
            let isValid = fraudScore < 0.3 && matchScore > 0.9 && isUnexpired
            return ValidationResult(
                valid: isValid, score: 1 - fraudScore,
                details: [
                    "fraud_score": PluginValue(fraudScore),
                    "consistency_score": PluginValue(matchScore),
                    "extracted_data": extracted,
                    "expiry_valid": extracted["expiry_valid"],
                    "document_type_verified": .boolean(extracted["type"]?.text == documentType),
                ],
                errors: isValid ? [] : ["Document validation failed"])
        }
    }

    /// The share of claimed members that the document says too.
    static func consistency(_ extracted: PluginValue, _ claimed: PluginValue) -> Double {
        let members = claimed.members
        let equal = members.count { extracted[$0.name] == $0.value }
        return members.isEmpty ? 1 : Double(equal) / Double(members.count)
    }
}

/// Stands where no model is: everything looks forged.
struct NoModel: FraudModel {
    func predict(_ image: String) -> Double { 1 }
}
