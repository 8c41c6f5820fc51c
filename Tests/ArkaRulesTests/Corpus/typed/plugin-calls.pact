rule r {
    when {
        let result = plugin.sanctions_list.check_sanctions(
            entity_id: transaction.id,
            entity_type: "individual"
        )
        result.is_sanctioned == true
        lower(transaction.channel) == "web"
        transaction.tags[0] == "vip"
    }
    then {
        plugin.alert_system.send_alert(
            severity: "critical",
            channels: ["slack"]
        )
        reject(reason: "x")
    }
}
