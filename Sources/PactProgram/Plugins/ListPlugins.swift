import ArkaConfig
import ArkaEngine
import ArkaJSON
import ArkaModel
import ArkaSystem
import PactPlugins

/// Prints the plugins that there are.
/// - Returns: 0, or 1 if one of them cannot be used, or is not healthy where that was asked.
func listPlugins(
    _ options: PluginListCommand.Options, _ registry: PluginRegistry
) throws -> Int32 {
    let catalog = PluginCatalog(registry, config: options.config)
    let uses = pluginUses(options.topology, registry)
    let diagnostics = catalog.diagnostics + uses.diagnostics
    StandardStream.error.write(diagnostics.map { $0.rendered() + "\n" }.joined())
    if diagnostics.contains(where: { $0.severity == .error }) { return 1 }
    // Plugins that are started have their secrets.
    if options.asksHealth, !catalog.secrets.allowsCoreDumps { _ = forbidCoreDumps() }
    let plugins = listedPlugins(catalog, uses.topology, asksHealth: options.asksHealth)
    if options.asJSON {
        StandardStream.output.writeAll(json(plugins) + [UInt8(ascii: "\n")])
    } else {
        StandardStream.output.write(text(plugins))
    }
    let isFine = plugins.allSatisfy { plugin in
        !plugin.isWrong && [.notAsked, .healthy].contains(plugin.health)
    }
    return isFine ? 0 : 1
}

/// All plugins: those that are linked, and then those in folders.
/// - Parameters:
///   - topology: Whose configuration of plugins is taken, and whose plugins are started.
///   - asksHealth: Whether they are.
func listedPlugins(
    _ catalog: PluginCatalog, _ topology: TopologySpec?, asksHealth: Bool
) -> [ListedPlugin] {
    let registry = catalog.registry
    var linked = registry.references.compactMap { reference in
        registry[reference].map { ListedPlugin(linked: reference, $0, topology?.plugins ?? []) }
    }
    if asksHealth, let topology {
        let health = askedHealth(topology, registry, catalog.secrets)
        for index in linked.indices {
            linked[index].health = health[linked[index].name] ?? .notAsked
        }
    }
    return linked + catalog.folders.map(ListedPlugin.init)
}

/// Starts the plugins of a topology, asks each how it is, and shuts them down again. They have their
/// secrets and variables as in a run; what they write into the audit trail is dropped.
private func askedHealth(
    _ topology: TopologySpec, _ registry: PluginRegistry, _ secrets: SecretsSpec
) -> [String: ListedPlugin.Health] {
    let uses = topology.plugins.map { ($0.name, $0.reference) }
    let references = Dictionary(uses) { first, _ in first }
    do {
        let plugins = try TopologyPlugins(
            topology, registry, time: SystemTime(),
            surroundings: try PluginSurroundings(
                of: topology, registry, secrets, environment: Child.currentEnvironment,
                time: SystemTime(), redactor: SecretRedactor(), audit: UnheardAudit(),
                log: { level, line in logged("secrets", level, line) }), log: logged)
        try waiting { () async throws(PluginLoadError) in try await plugins.start() }
        let answers = waiting { await plugins.health() }
        waiting { await plugins.stop() }
        var health: [String: ListedPlugin.Health] = [:]
        for (name, answer) in answers {
            guard let reference = references[name] else { continue }
            // A plugin that is used twice is healthy if it is both times.
            let isHealthy = answer.isHealthy && health[reference] != .unhealthy
            health[reference] = isHealthy ? .healthy : .unhealthy
        }
        return health
    } catch let error as PluginLoadError {
        StandardStream.error.write("pact: \(error)\n")
        return [error.reference: .notStarted]
    } catch {
        // No backend of secrets can be made: none of those that need one starts.
        StandardStream.error.write("pact: \(error)\n")
        return Dictionary(uses.map { ($0.1, .notStarted) }) { first, _ in first }
    }
}

private func logged(_ name: String, _ level: PluginServices.LogLevel, _ line: String) {
    if level == .error { StandardStream.error.write("\(name): \(line)\n") }
}

/// Takes audit records of plugins that are started to be looked at, and keeps none.
private struct UnheardAudit: AuditSink {
    func write(_ entry: AuditEntry) async throws(AuditFailure) {}
}

private func text(_ plugins: [ListedPlugin]) -> String {
    if plugins.isEmpty {
        return
            "no plugin is linked into this program, and none lies in a directory of plugins.path\n"
    }
    let rows = plugins.map { plugin in
        [
            shown(plugin.name), plugin.version, plugin.kinds.joined(separator: ","),
            plugin.folder ?? "linked", plugin.health.rawValue,
            plugin.functions.map { $0.map(\.name).joined(separator: " ") }
                ?? "not known: \(plugin.note ?? "")",
        ]
    }
    return table(["NAME", "VERSION", "KINDS", "SOURCE", "HEALTH", "FUNCTIONS"], rows)
}

/// `arka.plugins/1`: an object with the list of plugins.
private func json(_ plugins: [ListedPlugin]) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.name("schema")
    json.string("arka.plugins/1")
    json.name("plugins")
    json.beginArray()
    for plugin in plugins { append(plugin, to: &json) }
    json.endArray()
    json.endObject()
    return json.bytes
}

private func append(_ plugin: ListedPlugin, to json: inout JSONWriter) {
    json.beginObject()
    for (name, text) in [
        ("name", plugin.name), ("version", plugin.version), ("description", plugin.description),
        ("source", plugin.folder == nil ? "linked" : "folder"), ("folder", plugin.folder),
        ("health", plugin.health.rawValue), ("note", plugin.note),
    ] {
        guard let text else { continue }
        json.name(name)
        json.string(text)
    }
    json.name("kinds")
    json.beginArray()
    for kind in plugin.kinds { json.string(kind) }
    json.endArray()
    if let functions = plugin.functions {
        json.name("functions")
        json.beginArray()
        for function in functions {
            json.beginObject()
            for (name, text) in [
                ("name", function.name), ("kind", function.kind.rawValue),
                ("description", function.summary),
            ] {
                json.name(name)
                json.string(text)
            }
            json.endObject()
        }
        json.endArray()
    }
    json.endObject()
}
