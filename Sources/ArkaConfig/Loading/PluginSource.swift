import ArkaDocuments
import ArkaModel
import PactPlugins

/// What is said of a plugin that a topology uses, by the topology itself or by a document that it names;
/// with the places that messages point to.
struct PluginSource {
    /// The path of the key in the topology that names the plugin or the document.
    var anchor: String
    /// The document; `nil` where the topology says it all.
    var file: String?
    /// The document's namespace and name, such as `plugins/sanctions-list`.
    var identity: String?
    /// The plugin.
    var reference: String
    var referencePlace: SourcePlace
    /// The name in rules.
    var name: String
    var configuration: PluginValue
    var configurationPlace: SourcePlace
    var environmentTexts: [String]
    /// The versions that are meant, and where that stands.
    var version: (range: VersionRange, place: SourcePlace)?
    /// What it is let do. A topology that says all of it itself bounds the network alone.
    var sandbox: [SandboxPart]
    var logging = PluginLogging()
}

extension TopologyLoader {
    /// What is said of a plugin; `nil` where nothing can be made of it, which is reported.
    mutating func source(_ draft: PluginDraft, _ path: String) -> PluginSource? {
        guard let file = draft.file else {
            if document.places[path + ".plugin"] == nil {
                report(
                    "the entry names no plugin", expected: "the key 'plugin' or 'file'",
                    at: document.place(of: path))
            }
            return draft.reference.isEmpty ? nil : inlineSource(draft, path)
        }
        let others = ["plugin", "config", "hosts"].filter {
            document.places["\(path).\($0)"] != nil
        }
        if let other = others.first {
            report(
                "'\(other)' stands beside 'file'", expected: "'\(other)' in that document",
                at: document.keyPlaces["\(path).\(other)"] ?? document.place(of: path))
        }
        return fileSource(file, draft, path)
    }

    private mutating func inlineSource(_ draft: PluginDraft, _ path: String) -> PluginSource {
        let place = document.place(of: path + ".plugin")
        return PluginSource(
            anchor: path + ".plugin", reference: draft.reference, referencePlace: place,
            name: draft.name ?? lastPart(of: draft.reference).replacing("-", with: "_"),
            configuration: configuration(draft, path),
            configurationPlace: document.place(of: path + ".config"),
            environmentTexts: draft.configuration?.environmentTexts ?? [],
            sandbox: checkedHosts(draft, path))
    }

    private mutating func fileSource(
        _ written: String, _ draft: PluginDraft, _ path: String
    ) -> PluginSource? {
        let named = NamedPath(written, at: path + ".file", in: document)
        guard let text = taken(folder.text(folder.path(written), for: named)) else { return nil }
        let loaded = readPluginConfig(text, environment: environment)
        diagnostics += loaded.diagnostics
        guard let config = loaded.value else {
            if let name = draft.name { unreadPlugins.insert(name) }
            return nil
        }
        checkHosts(config.sandbox)
        return PluginSource(
            anchor: path + ".file", file: text.name,
            identity: config.namespace + "/" + config.name, reference: config.reference,
            referencePlace: config.places.value("plugin"), name: draft.name ?? config.ruleName,
            configuration: config.configuration,
            configurationPlace: config.places.value("config"),
            environmentTexts: config.environmentTexts,
            version: config.version.map { ($0, config.places.value("version")) },
            sandbox: config.sandbox, logging: config.logging)
    }

    private func lastPart(of reference: String) -> String {
        reference.split(separator: "/").last.map { String($0) } ?? reference
    }

    private mutating func configuration(_ draft: PluginDraft, _ path: String) -> PluginValue {
        guard let node = draft.configuration else { return .object([]) }
        guard let value = PluginValue(configuration: node) else {
            report(
                "this is no configuration", expected: "a mapping of exact values",
                at: document.place(of: path + ".config"))
            return .object([])
        }
        return value
    }

    /// The hosts that the topology names, each as a part. Without any the plugin reaches none.
    private mutating func checkedHosts(_ draft: PluginDraft, _ path: String) -> [SandboxPart] {
        var rules: [HostRule] = []
        for (index, host) in draft.hosts.enumerated() {
            let place = document.place(of: "\(path).hosts[\(index)]")
            let rule = HostRule(host)
            if let problem = linked.hostProblem(host) ?? (rule == nil ? hostWords : nil) {
                report("'\(shown(host))' is no host", expected: problem, at: place)
            } else if let rule {
                rules.append(rule)
            }
        }
        let policy = SandboxPolicy(network: SandboxPolicy.Network(hosts: HostRules(rules)))
        return [SandboxPart("hosts", at: document.places[path + ".hosts"], policy)]
    }

    /// Holds the hosts of a document against what the network takes for hosts.
    private mutating func checkHosts(_ parts: [SandboxPart]) {
        for part in parts {
            for rule in part.policy.network.hosts?.rules ?? [] {
                guard let problem = linked.hostProblem(rule.description), let place = part.place
                else { continue }
                report("'\(shown(rule.description))' is no host", expected: problem, at: place)
            }
        }
    }
}
