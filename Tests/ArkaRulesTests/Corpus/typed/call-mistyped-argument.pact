rule r {
    when {
        plugin.sanctions_list.check_sanctions(entity_id: transaction.amount, entity_type: "individual").is_sanctioned
        plugin.sanctions_list.check_sanctions(entity_id: customer.id, entity_type: "individual", lists: "ofac").is_sanctioned
        plugin.sanctions_list.check_sanctions(entity_id: transaction.created_at - transaction.created_at > 1h, entity_type: "individual").is_sanctioned
        plugin.kyc_validation.validate_identity_document(document_type: null, document_data: customer).valid
    }
    then {
        flag_for_review()
    }
}
