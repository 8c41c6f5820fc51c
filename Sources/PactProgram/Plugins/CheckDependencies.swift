import ArkaConfig
import ArkaEngine
import ArkaJSON
import ArkaModel
import ArkaSystem
import PactPlugins

/// Prints what a plugin needs beside what is there.
/// - Returns: 0, or 1 if anything is missing or of another version.
func checkDependencies(
    _ options: PluginCheckDependenciesCommand.Options, _ registry: PluginRegistry
) throws -> Int32 {
    let catalog = PluginCatalog(registry, config: options.config)
    var diagnostics = catalog.diagnostics
    var findings: [DependencyFinding]?
    switch catalog.target(options.plugin) {
    case .failure(let failure): diagnostics.append(failure.diagnostic)
    case .success(.linked(_, let type)): findings = linkedFindings(type, registry)
    case .success(.folder(let folder)):
        findings = folderFindings(
            (folder.hasSuffix("/") ? folder : folder + "/") + pluginManifestName, .regular,
            options, &diagnostics)
    case .success(.file(let path)):
        findings = folderFindings(path, .system, options, &diagnostics)
    }
    StandardStream.error.write(diagnostics.map { $0.rendered() + "\n" }.joined())
    guard let findings, !diagnostics.contains(where: { $0.severity == .error }) else { return 1 }
    if options.asJSON {
        StandardStream.output.writeAll(json(findings) + [UInt8(ascii: "\n")])
    } else {
        StandardStream.output.write(text(findings))
    }
    return findings.allSatisfy { $0.verdict == .present } ? 0 : 1
}

/// What a linked plugin needs: whatever it was built with is in the program; the rest are other plugins.
private func linkedFindings(
    _ type: any Plugin.Type, _ registry: PluginRegistry
) -> [DependencyFinding] {
    [DependencyFinding("sdk", "arka-sdk", .any, found: pactVersion)]
        + type.metadata.dependencies.map { name in
            let reference = registry.references.first {
                $0 == name || $0.hasSuffix("/" + name)
            }
            return DependencyFinding(
                plugin: name, found: reference.flatMap { registry[$0]?.metadata.version })
        }
}

private func folderFindings(
    _ path: String, _ files: FileAccess, _ options: PluginCheckDependenciesCommand.Options,
    _ diagnostics: inout [Diagnostic]
) -> [DependencyFinding]? {
    let loaded = loadPluginManifest(path: path, files: files)
    diagnostics += loaded.diagnostics
    guard let manifest = loaded.value else { return nil }
    var installed = InstalledSoftware(sdk: pactVersion)
    let needs = manifest.dependencies
    if needs.runtimes["swift"] != nil { installed.runtimes["swift"] = InstalledSwift.ask() }
    if needs.runtimes["python"] != nil || !needs.packages.isEmpty {
        let python = InstalledPython.ask(options.python)
        installed.runtimes["python"] = python
        switch python {
        case .success(let runtime):
            installed.packages = InstalledPython.packages(
                in: runtime.packageDirectories, .regular)
        case .failure(let failure):
            StandardStream.error.write("no packages can be looked at: \(failure.reason)\n")
        }
    }
    return manifest.dependencyFindings(installed)
}

private func text(_ findings: [DependencyFinding]) -> String {
    table(
        ["KIND", "NAME", "REQUIRED", "FOUND", "VERDICT"],
        findings.map { finding in
            [
                finding.kind, shown(finding.name), finding.required, shown(finding.found ?? "-"),
                finding.verdict.rawValue + (finding.note.map { ": \($0)" } ?? ""),
            ]
        })
}

/// `arka.dependencies/1`: an object with the list of findings.
private func json(_ findings: [DependencyFinding]) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.name("schema")
    json.string("arka.dependencies/1")
    json.name("dependencies")
    json.beginArray()
    for finding in findings {
        json.beginObject()
        for (name, text) in [
            ("kind", finding.kind), ("name", finding.name), ("required", finding.required),
            ("found", finding.found), ("verdict", finding.verdict.rawValue), ("note", finding.note),
        ] {
            guard let text else { continue }
            json.name(name)
            json.string(text)
        }
        json.endObject()
    }
    json.endArray()
    json.endObject()
    return json.bytes
}
