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
