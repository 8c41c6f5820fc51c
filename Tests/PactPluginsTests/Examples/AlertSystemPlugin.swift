import PactPlugins

/// Sends alerts; this one knows Slack only.
struct AlertSystemPlugin: ActionPlugin {
    static let metadata = PluginMetadata(
        name: "alert-system", version: "1.0.0", description: "Multi-channel alerting system")

    let services: PluginServices
    let slackWebhook: String

    init(_ configuration: PluginConfiguration, services: PluginServices) throws {
        self.services = services
        slackWebhook = try configuration.read("slack_webhook")
    }

    var functions: [DeclaredFunction] {
        Action("send_alert", "Send alert to configured channels", asyncExecution: true) {
            Parameter("severity", String.self, .oneOf(["low", "medium", "high", "critical"]))
            Parameter("message", String.self)
            Parameter("channels", [String].self, .nonEmpty, .oneOf(["slack"]))
            Context()
        } answer: { severity, message, _, context in
            try await sendSlack(severity, message, context)
            return ActionResult(data: ["channel_results": ["slack": ["success": true]]])
        }
    }

    func sendSlack(_ severity: String, _ message: String, _ context: PluginContext) async throws {
        let colors = [
            "low": "#36a64f", "medium": "#f2c744", "high": "#ff9900", "critical": "#ff0000",
        ]
        let field = { (title: String, value: String?) -> PluginValue in
            ["title": .string(title), "value": PluginValue(value), "short": true]
        }
        let attachment: PluginValue = [
            "color": .string(colors[severity] ?? "#808080"),
            "title": "Compliance Alert: \(severity.uppercased())",
            "text": .string(message),
            "fields": [
                field("Transaction ID", context.transactionID), field("Rule ID", context.ruleID),
            ],
        ]
        _ = try await services.requestJSON(
            .post, url: slackWebhook, body: ["attachments": [attachment]])
    }
}
