import ArkaConfig
import PactPlugins

extension PluginLogging {
    /// The log of a plugin that passes on what may be logged.
    /// - Parameter write: Takes each line that is kept, values of the request behind its words where they
    ///   are wanted.
    func log(
        _ write: @escaping @Sendable (PluginServices.LogLevel, String) -> Void
    ) -> PluginLog {
        let (least, includesRequestData) = (level.rank, includesRequestData)
        return PluginLog { line in
            guard line.level.rank >= least else { return }
            guard includesRequestData, !line.request.isEmpty else {
                return write(line.level, line.message)
            }
            let names = line.request.keys.sorted()
            let values = PluginValue.object(
                names.map { PluginValue.Member($0, line.request[$0] ?? .null) })
            write(line.level, line.message + " " + values.jsonText)
        }
    }
}

extension PluginServices.LogLevel {
    /// Its place among the levels, the least important first.
    fileprivate var rank: Int {
        switch self {
        case .debug: 0
        case .info: 1
        case .warning: 2
        case .error: 3
        }
    }
}
