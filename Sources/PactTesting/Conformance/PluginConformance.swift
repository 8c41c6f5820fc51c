import ArkaModel
public import PactPlugins

/// What every plugin must do, tried on one: what it says of itself, what it declares, its life, and
/// that it refuses calls that do not fit before anything leaves it.
///
/// ```swift
/// #expect(await PluginConformance.findings(MyPlugin.self, configuration: [:]) == [])
/// ```
public enum PluginConformance {
    /// Tries a plugin; its outside services are all away.
    /// - Returns: What is wrong, a sentence each; empty for a plugin that conforms.
    public static func findings(
        _ type: any Plugin.Type, configuration: PluginConfiguration = [:]
    ) async -> [String] {
        let harness: PluginTestHarness
        do {
            harness = try PluginTestHarness(type, configuration: configuration)
        } catch let failure as RegistrationFailure {
            return metadataFindings(type.metadata) + failure.problems.map(\.description)
        } catch {
            return metadataFindings(type.metadata) + ["it cannot be made: \(error)"]
        }
        var findings = metadataFindings(type.metadata)
        findings += await startFindings(harness.host)
        for function in harness.host.functions {
            var trial = FunctionTrial(function, harness)
            await trial.run()
            findings += trial.findings
        }
        findings += await strangerFindings(harness)
        findings += await endFindings(harness.host)
        return findings
    }

    private static func metadataFindings(_ metadata: PluginMetadata) -> [String] {
        metadata.description.isEmpty ? ["its metadata has no description"] : []
    }

    private static func startFindings(_ host: PluginHost) async -> [String] {
        do {
            try await host.initialize()
        } catch {
            return ["\(error)"]
        }
        let health = await host.healthCheck()
        var findings: [String] = []
        if !health.isHealthy {
            findings.append(
                "it is not healthy right after `initialize`: \(health.details.jsonText)")
        }
        if case .object = health.details {
        } else {
            findings.append("the details of its health are no object")
        }
        return findings
    }

    /// A function that no plugin has must be refused by name.
    private static func strangerFindings(_ harness: PluginTestHarness) async -> [String] {
        let result = await harness.callDataSource("no_such_function_here")
        let isRefused = !result.success && result.error?.contains("no_such_function_here") == true
        return isRefused ? [] : ["an unknown function is not refused"]
    }

    private static func endFindings(_ host: PluginHost) async -> [String] {
        var findings: [String] = []
        if await !host.shutdown() { findings.append("`shutdown` does not end within its limit") }
        if await host.healthCheck().isHealthy { findings.append("it is healthy after `shutdown`") }
        return findings
    }
}
