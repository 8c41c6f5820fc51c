import ArkaConfig
import PactPlugins
import Synchronization

/// Asks the plugins of a topology how they are, again and again, and keeps what they said.
///
/// Each is asked in a task of its own, so that one that does not answer holds up no other, and nothing
/// here runs on a lane. What it learns is shown and logged, and changes no decision.
final class PluginWatch: Sendable {
    private let plugins: [LoadedPlugin]
    private let interval: Duration
    private let clock: any Clock<Duration>
    private let log: @Sendable (String, PluginServices.LogLevel, String) -> Void
    private let known: Mutex<[PluginReport]>
    private let polls = Mutex<[Task<Void, Never>]>([])

    /// Prepares to watch; nobody is asked yet.
    /// - Parameters:
    ///   - interval: The pause after an answer.
    ///   - log: Told when a plugin is healthy no more, or again.
    init(
        _ plugins: [LoadedPlugin], interval: Duration, clock: any Clock<Duration>,
        log: @escaping @Sendable (String, PluginServices.LogLevel, String) -> Void
    ) {
        self.plugins = plugins
        self.interval = interval
        self.clock = clock
        self.log = log
        known = Mutex(plugins.map { $0.report(nil) })
    }

    /// How each plugin was when it was last asked.
    var reports: [PluginReport] { known.withLock { $0 } }

    /// Asks each plugin at once, and again after each pause.
    func start() {
        polls.withLock { polls in
            guard polls.isEmpty else { return }
            polls = plugins.indices.map { index in Task { await self.poll(index) } }
        }
    }

    /// Asks no more.
    func stop() {
        let polls = polls.withLock { $0 }
        for poll in polls { poll.cancel() }
    }

    private func poll(_ index: Int) async {
        while true {
            let health = await plugins[index].host.healthCheck()
            guard !Task.isCancelled else { return }
            note(plugins[index].report(health), at: index)
            do { try await clock.sleep(for: interval) } catch { return }
        }
    }

    private func note(_ report: PluginReport, at index: Int) {
        let before = known.withLock { known in
            defer { known[index] = report }
            return known[index].health?.isHealthy
        }
        guard let isHealthy = report.health?.isHealthy, isHealthy != before ?? true else { return }
        log(report.name, isHealthy ? .info : .warning, report.line)
    }
}

extension LoadedPlugin {
    fileprivate func report(_ health: PluginHealth?) -> PluginReport {
        PluginReport(of: use, health, redactor: redactor)
    }
}
