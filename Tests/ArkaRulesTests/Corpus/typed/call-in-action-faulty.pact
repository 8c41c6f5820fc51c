rule r {
    when {
        transaction.amount > 5
    }
    then {
        plugin.alert_system.send_alert(severity: "urgent", mesage: "x", channels: "slack")
        plugin.alert_system.send_alerts(severity: "low")
        plugin.alerts.send()
        plugin.alert_system.send_alert("low", "x", [])
    }
}
