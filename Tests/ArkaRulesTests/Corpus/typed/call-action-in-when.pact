rule r {
    when {
        plugin.alert_system.send_alert(severity: "low", message: "x", channels: []).sent
    }
    then {
        flag_for_review()
    }
}
