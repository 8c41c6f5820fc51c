import ArkaTelemetry
import PactPlugins

extension Logger {
    /// Takes the lines that plugins write, each with the plugin's name.
    var pluginLog: @Sendable (String, PluginServices.LogLevel, String) -> Void {
        { name, level, line in
            let fields: LogFields = [.plugin: .text(name), .reason: .text(line)]
            switch level {
            case .debug: debug("plugin", fields)
            case .info: info("plugin", fields)
            case .warning: warning("plugin", fields)
            case .error: error("plugin", fields)
            }
        }
    }
}
