import ArkaDocuments
import ArkaModel
import ArkaResilience
import ArkaRules
import PactPlugins

extension TopologyLoader {
    /// The plugins that the topology uses, as far as they are right.
    mutating func plugins() -> [PluginUse] {
        var names: Set<String> = []
        return draft.plugins.enumerated().compactMap { index, draft in
            let path = "plugins[\(index)]"
            guard !draft.reference.isEmpty else { return nil }
            let name = draft.name ?? ruleName(of: draft.reference)
            if !isRuleName(name), linked[draft.reference] != nil {
                report(
                    "rules cannot name '\(shown(name))'", expected: "a 'name' of its own",
                    at: path + ".plugin")
            } else if !names.insert(name).inserted {
                report(
                    "'\(name)' is used already", expected: "a 'name' of its own",
                    at: path + (draft.name == nil ? ".plugin" : ".name"))
            }
            var use = PluginUse(
                draft.reference, name: name, configuration: configuration(draft, path),
                hosts: draft.hosts, functions: draft.functions)
            use.environmentTexts = draft.configuration?.environmentTexts ?? []
            checkHosts(use, path)
            use.signatures = signatures(of: use, path)
            if !use.signatures.isEmpty { checkBudget(of: use, path) }
            return use
        }
    }

    /// What rules may call of a plugin, under the name that it has here.
    private mutating func signatures(of use: PluginUse, _ path: String) -> [FunctionSignature] {
        guard let plugin = linked[use.reference] else {
            reportUnknown(use.reference, path)
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
            let redactor = SecretRedactor()
            use.addSecrets(to: redactor)
            report(
                "'\(shown(use.reference))' cannot be loaded: \(redactor.redacted("\(error)"))",
                expected: isAuthors
                    ? "declarations as docs/guide/plugins.md shows them, in the plugin's code"
                    : "what its documentation says of its configuration",
                at: path + (isAuthors ? ".plugin" : ".config"))
            return []
        }
    }

    private mutating func checkHosts(_ use: PluginUse, _ path: String) {
        for (index, host) in use.hosts.enumerated() {
            guard let problem = linked.hostProblem(host) else { continue }
            report(
                "'\(shown(host))' is no host", expected: problem, at: "\(path).hosts[\(index)]")
        }
    }

    private func ruleName(of reference: String) -> String {
        let last = reference.split(separator: "/").last.map { String($0) } ?? reference
        return last.replacing("-", with: "_")
    }

    private mutating func reportUnknown(_ reference: String, _ path: String) {
        let known = linked.plugins.map(\.reference)
        // Whoever leaves the namespace out means the plugin of that name.
        let named = known.first { $0.hasSuffix("/" + reference) }
        report(
            "there is no plugin '\(shown(reference))' in this program",
            expected: known.isEmpty
                ? "a program with plugins: see docs/guide/plugins.md"
                : known.joined(separator: " or "),
            suggestion: named ?? nearName(to: reference, among: known), at: path + ".plugin")
    }

    private mutating func checkFunctions(_ use: PluginUse, _ known: [String], _ path: String) {
        var seen: Set<String> = []
        for (index, function) in use.functions.enumerated() where !function.name.isEmpty {
            let place = "\(path).functions[\(index)].name"
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

    private mutating func configuration(_ draft: PluginDraft, _ path: String) -> PluginValue {
        guard let node = draft.configuration else { return .object([]) }
        guard let value = PluginValue(RecordValue(node)), case .object = value else {
            report(
                "this is no configuration", expected: "a mapping of exact values",
                at: path + ".config")
            return .object([])
        }
        return value
    }

    private mutating func report(
        _ message: String, expected expectation: String, suggestion: String? = nil, at path: String
    ) {
        diagnostics.append(
            Diagnostic(
                .configPlugin, message, expected: expectation, suggestion: suggestion,
                at: document.place(of: path)))
    }
}

extension YAMLNode {
    /// The single values in it at least a part of which comes from the environment.
    fileprivate var environmentTexts: [String] {
        switch kind {
        case .scalar(let scalar): scalar.origin == .environment ? [scalar.text] : []
        case .sequence(let items): items.flatMap(\.environmentTexts)
        case .mapping(let entries): entries.flatMap(\.value.environmentTexts)
        }
    }
}

extension PluginValue {
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
