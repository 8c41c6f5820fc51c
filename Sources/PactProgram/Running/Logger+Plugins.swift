import ArkaTelemetry
import PactPlugins

extension Logger {
    /// Takes the lines that plugins write, each with the plugin's name.
    var pluginLog: @Sendable (String, PluginServices.LogLevel, String) -> Void {
        { name, level, line in
            log(LogLevel(level), "plugin", [.plugin: .text(name), .reason: .text(line)])
        }
    }

    /// Takes what there is to say of secrets; never a value.
    var secretsLog: @Sendable (PluginServices.LogLevel, String) -> Void {
        { level, line in log(LogLevel(level), "secrets", [.reason: .text(line)]) }
    }
}

extension LogLevel {
    fileprivate init(_ level: PluginServices.LogLevel) {
        self =
            switch level {
            case .debug: .debug
            case .info: .info
            case .warning: .warning
            case .error: .error
            }
    }
}
