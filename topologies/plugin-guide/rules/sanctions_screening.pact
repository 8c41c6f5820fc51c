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
