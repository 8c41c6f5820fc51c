import ArkaDocuments
import ArkaModel
import ArkaResilience
import ArkaRules
import PactPlugins

extension TopologyLoader {
    /// The plugins that the topology uses, as far as they are right.
    mutating func plugins() -> [PluginUse] {
        var names: Set<String> = []
        var documents: [String: PluginSource] = [:]
        return draft.plugins.enumerated().compactMap { index, draft in
            let path = "plugins[\(index)]"
            guard let source = source(draft, path) else { return nil }
            checkName(source, &names, path)
            checkIdentity(source, &documents)
            var use = PluginUse(
                source.reference, name: source.name, configuration: source.configuration,
                hosts: hosts(source), functions: draft.functions)
            use.environmentTexts = source.environmentTexts
            use.sandbox = source.sandbox.effective
            use.logging = source.logging
            checkVersion(source)
            warnOfBounds(source)
            use.signatures = signatures(of: use, source, path)
            if !use.signatures.isEmpty { checkBudget(of: use, path, source.anchor) }
            return use
        }
    }

    private mutating func checkName(
        _ source: PluginSource, _ names: inout Set<String>, _ path: String
    ) {
        let place =
            draftPlace(path + ".name") ?? document.place(of: source.anchor)
        if !isRuleName(source.name) {
            guard linked[source.reference] != nil else { return }
            report(
                "rules cannot name '\(shown(source.name))'", expected: "a 'name' of its own",
                at: place)
        } else if !names.insert(source.name).inserted {
            report(
                "'\(source.name)' is used already", expected: "a 'name' of its own", at: place)
        }
    }

    private func draftPlace(_ path: String) -> SourcePlace? { document.places[path] }

    /// One document is one use of a plugin; another of the same name has another namespace.
    private mutating func checkIdentity(
        _ source: PluginSource, _ documents: inout [String: PluginSource]
    ) {
        guard let identity = source.identity else { return }
        if let first = documents[identity] {
            report(
                "'\(shown(identity))' is the name of \(shown(first.file ?? "")) already",
                expected: "another 'metadata.name' or 'metadata.namespace' in one of the two",
                at: document.place(of: source.anchor))
        }
        documents[identity] = source
    }

    /// What rules may call of a plugin, under the name that it has here.
    private mutating func signatures(
        of use: PluginUse, _ source: PluginSource, _ path: String
    ) -> [FunctionSignature] {
        guard let plugin = linked[use.reference] else {
            reportUnknown(source)
            return []
        }
        do {
            let functions = try plugin.functions(use.configuration)
            checkFunctions(use, functions.map(\.name), path)
            return functions.map { signature in
                var signature = signature
                signature.plugin = use.name
                return signature
            }
        } catch {
            // What its author did wrong, no configuration can put right.
            let isAuthors = error is RegistrationFailure
            report(
                "'\(shown(use.reference))' cannot be loaded: \(error)",
                expected: isAuthors
                    ? "declarations as docs/guide/plugins.md shows them, in the plugin's code"
                    : "what its documentation says of its configuration",
                at: isAuthors ? source.referencePlace : source.configurationPlace)
            return []
        }
    }

    private mutating func reportUnknown(_ source: PluginSource) {
        let known = linked.plugins.map(\.reference)
        // Whoever leaves the namespace out means the plugin of that name.
        let named = known.first { $0.hasSuffix("/" + source.reference) }
        report(
            "there is no plugin '\(shown(source.reference))' in this program",
            expected: known.isEmpty
                ? "a program with plugins: see docs/guide/plugins.md"
                : known.joined(separator: " or "),
            suggestion: named ?? nearName(to: source.reference, among: known),
            at: source.referencePlace)
    }

    private mutating func checkFunctions(_ use: PluginUse, _ known: [String], _ path: String) {
        var seen: Set<String> = []
        for (index, function) in use.functions.enumerated() where !function.name.isEmpty {
            let place = document.place(of: "\(path).functions[\(index)].name")
            if !known.contains(function.name) {
                report(
                    "'\(shown(use.reference))' has no function '\(shown(function.name))'",
                    expected: known.joined(separator: " or "),
                    suggestion: nearName(to: function.name, among: known), at: place)
            } else if !seen.insert(function.name).inserted {
                report(
                    "'\(function.name)' stands twice", expected: "each function once", at: place)
            }
        }
    }

    mutating func report(
        _ message: String, expected expectation: String, suggestion: String? = nil,
        at place: SourcePlace
    ) {
        diagnostics.append(
            Diagnostic(
                .configPlugin, message, expected: expectation, suggestion: suggestion, at: place))
    }
}

extension YAMLNode {
    /// The single values in it at least a part of which comes from the environment.
    var environmentTexts: [String] {
        switch kind {
        case .scalar(let scalar): scalar.origin == .environment ? [scalar.text] : []
        case .sequence(let items): items.flatMap(\.environmentTexts)
        case .mapping(let entries): entries.flatMap(\.value.environmentTexts)
        }
    }
}

extension PluginValue {
    /// The configuration of a plugin; `nil` for anything but a mapping, and where a number in it has no
    /// exact value.
    init?(configuration node: YAMLNode) {
        guard let value = PluginValue(RecordValue(node)), case .object = value else { return nil }
        self = value
    }

    /// The value as plugins take it; `nil` where a number in it has no exact value.
    init?(_ value: RecordValue) {
        switch value {
        case .null: self = .null
        case .boolean(let value): self = .boolean(value)
        case .number(let value): self = .number(value)
        case .string(let bytes): self = .string(String(decoding: bytes, as: UTF8.self))
        case .duplicate, .outOfRange: return nil
        case .array(let values):
            let elements = values.compactMap { PluginValue($0) }
            guard elements.count == values.count else { return nil }
            self = .array(elements)
        case .object(let members):
            // In the order of their names: a mapping has none of its own.
            let sorted = members.sorted { $0.key.lexicographicallyPrecedes($1.key) }
            let converted = sorted.compactMap { name, value in
                PluginValue(value).map { Member(String(decoding: name, as: UTF8.self), $0) }
            }
            guard converted.count == members.count else { return nil }
            self = .object(converted)
        }
    }
}
