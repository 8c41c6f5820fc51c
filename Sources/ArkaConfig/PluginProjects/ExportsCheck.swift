import ArkaModel

/// Compares what a manifest exports with the functions that there are.
struct ExportsCheck {
    let manifest: PluginManifestSpec

    /// Functions without a description.
    func undescribed() -> [Diagnostic] {
        exports.filter { $0.function.summary.isEmpty }.map { path, function in
            Diagnostic(
                .projectUndescribed, "the function '\(shown(function.name))' has no description",
                severity: .warning,
                expected: "a sentence under 'description' that says what it does",
                at: manifest.places.value(path + ".name"))
        }
    }

    /// Differences from the functions that the plugin has registered.
    func differences(from registered: [FunctionSignature]) -> [Diagnostic] {
        var found: [Diagnostic] = []
        let names = registered.map(\.name)
        for (path, function) in exports {
            guard let real = registered.first(where: { $0.name == function.name }) else {
                found.append(
                    problem(
                        "'\(shown(function.name))' is exported, and the plugin registers no such function",
                        "a function that it has", nearName(to: function.name, among: names),
                        manifest.places.value(path + ".name")))
                continue
            }
            found += differences(of: function, from: real, path)
        }
        let exported = Set(manifest.exports.map(\.name))
        for function in registered where !exported.contains(function.name) {
            found.append(
                problem(
                    "the plugin registers '\(shown(function.name))', and 'exports' does not name it",
                    "it under 'exports.\(function.kind.exportsKey)'", nil,
                    manifest.places.key("exports")))
        }
        return found
    }

    private func differences(
        of function: FunctionSignature, from real: FunctionSignature, _ path: String
    ) -> [Diagnostic] {
        var found: [Diagnostic] = []
        let place = manifest.places.value(path + ".name")
        if function.kind != real.kind {
            found.append(
                problem(
                    "'\(shown(function.name))' is registered as \(real.kind.rawValue)",
                    "it under 'exports.\(real.kind.exportsKey)'", nil, place))
        }
        let names = real.parameters.map(\.name)
        for (index, parameter) in function.parameters.enumerated() {
            let place = manifest.places.value("\(path).parameters[\(index)].name")
            guard let other = real.parameters.first(where: { $0.name == parameter.name }) else {
                found.append(
                    problem(
                        "'\(shown(function.name))' takes no parameter '\(shown(parameter.name))'",
                        "a parameter that it has", nearName(to: parameter.name, among: names), place
                    ))
                continue
            }
            if parameter.isRequired != other.isRequired {
                found.append(
                    problem(
                        "'\(shown(parameter.name))' is registered as \(other.isRequired ? "required" : "optional")",
                        "the same here", nil, place))
            }
            if !parameter.schema.mayEqual(other.schema) {
                found.append(
                    problem(
                        "'\(shown(parameter.name))' is registered with another type",
                        "the same here",
                        nil, place))
            }
        }
        let given = Set(function.parameters.map(\.name))
        for parameter in real.parameters where !given.contains(parameter.name) {
            found.append(
                problem(
                    "'\(shown(function.name))' takes '\(shown(parameter.name))' too",
                    "all its parameters", nil, place))
        }
        return found
    }

    /// The functions with the paths of their entries.
    private var exports: [(path: String, function: FunctionSignature)] {
        var counts: [FunctionSignature.Kind: Int] = [:]
        return manifest.exports.map { function in
            let index = counts[function.kind, default: 0]
            counts[function.kind] = index + 1
            return ("exports.\(function.kind.exportsKey)[\(index)]", function)
        }
    }

    /// Differences from what the decorators of Python sources say. Without any decorator nothing is known.
    func differences(from decorated: [DecoratedFunction]) -> [Diagnostic] {
        guard !decorated.isEmpty else { return [] }
        let exported = Set(manifest.exports.map(\.name))
        let names = decorated.map(\.name)
        let missing = exports.filter { !names.contains($0.function.name) }.map { path, function in
            problem(
                "'\(shown(function.name))' is exported, and no source declares it with a decorator",
                "'@\(function.kind.rawValue)(name=\"\(function.name)\")' in a source",
                nearName(to: function.name, among: names), manifest.places.value(path + ".name"),
                severity: .warning)
        }
        return missing
            + decorated.filter { !exported.contains($0.name) }.map { function in
                problem(
                    "'\(shown(function.name))' is declared here, and 'exports' does not name it",
                    "it under 'exports' in the manifest", nil, function.place, severity: .warning)
            }
    }

    private func problem(
        _ message: String, _ expectation: String, _ suggestion: String?, _ place: SourcePlace,
        severity: Diagnostic.Severity = .error
    ) -> Diagnostic {
        Diagnostic(
            .projectExports, message, severity: severity, expected: expectation,
            suggestion: suggestion, at: place)
    }
}

extension FunctionSignature.Kind {
    /// The key of `exports` below which such functions stand.
    var exportsKey: String { rawValue + "s" }
}

extension RecordSchema {
    /// Whether values of one may be those of the other, as far as types say it.
    fileprivate func mayEqual(_ other: RecordSchema) -> Bool {
        guard case .constrained(let mine) = self, case .constrained(let theirs) = other else {
            return true
        }
        let ignoring: JSONTypes = [.null]
        return !mine.types.subtracting(ignoring).isDisjoint(
            with: theirs.types.subtracting(ignoring))
    }
}
