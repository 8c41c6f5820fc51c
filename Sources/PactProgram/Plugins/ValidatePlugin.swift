import ArkaConfig
import ArkaEngine
import ArkaModel
import ArkaSystem
import PactPlugins

/// Prints everything that is wrong with a plugin.
/// - Returns: 0, or 1 if anything is an error.
func validatePlugin(
    _ options: PluginValidateCommand.Options, _ plugins: PluginRegistry
) throws -> Int32 {
    let catalog = PluginCatalog(plugins, config: options.config)
    let uses = pluginUses(options.topology, plugins)
    var found = catalog.diagnostics + uses.diagnostics
    var summary = options.plugin ?? "."
    switch catalog.target(options.plugin ?? ".") {
    case .failure(let failure): found.append(failure.diagnostic)
    case .success(.file(let path)):
        found += loadPluginManifest(path: path, files: .system).diagnostics
    case .success(.folder(let path)):
        let checked = checkPluginProject(
            folder: path, registered: { catalog.registered($0, uses.topology?.plugins ?? []) },
            files: .regular)
        found += checked.diagnostics
        if let manifest = checked.value {
            summary =
                "\(path): \(manifest.name) \(manifest.version), "
                + counted(manifest.exports.count, "function")
        }
    case .success(.linked(let reference, let type)):
        found += checkLinkedPlugin(reference, type, uses.topology?.plugins ?? [])
        summary = "\(reference) \(type.metadata.version)"
    }
    return report(found, asJSON: options.asJSON, summary: summary)
}

/// What is wrong with a plugin that is linked into the program. Its sources are not at hand, so only what
/// it says of itself is looked at.
func checkLinkedPlugin(
    _ reference: String, _ type: any Plugin.Type, _ uses: [PluginUse]
) -> [Diagnostic] {
    let place = SourcePlace(SourceText(name: reference, text: ""), SourceRange(0, 0))
    let metadata = type.metadata
    var found: [Diagnostic] = []
    switch LinkedFunctions(reference, type, uses) {
    case .known(let functions):
        found += functions.filter { $0.summary.isEmpty }.map { function in
            Diagnostic(
                .projectUndescribed, "the function '\(shown(function.name))' has no description",
                severity: .warning, expected: "a sentence that says what it does", at: place)
        }
    case .refused(let problems):
        found += problems.map { Diagnostic($0.code, "\($0.place): \($0.message)", at: place) }
    case .unknown(let reason):
        found.append(
            Diagnostic(
                .projectUnknown,
                "its functions are not known without its configuration: \(reason)",
                severity: .warning,
                expected: "--topology with a topology that uses it", at: place))
    }
    if SemanticVersion(metadata.version) == nil {
        found.append(
            Diagnostic(
                .pluginMetadata, "the version '\(shown(metadata.version))' is none by semver.org",
                expected: "three numbers such as 1.0.0", at: place))
    }
    if metadata.description.isEmpty {
        found.append(
            Diagnostic(
                .projectUndescribed, "the plugin has no description", severity: .warning,
                expected: "a sentence that says what it is for", at: place))
    }
    found += (metadata.permissions?.network ?? []).filter { $0.hasPrefix("*") }.map { rule in
        Diagnostic(
            .projectWildcard, "'\(shown(rule))' lets the plugin reach every host below a domain",
            severity: .warning, expected: "the hosts that it needs, by their names", at: place)
    }
    return found
}
