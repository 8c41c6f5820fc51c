import ArkaModel

extension Override {
    /// Finds the field that an option means.
    /// - Returns: The keys from `spec` down to the value, those of free maps in one piece; or why no
    ///   field takes it.
    func resolve(in declarations: [FieldDeclaration]) -> Result<[String], OverrideRefusal> {
        var fields = declarations
        var path: [String] = []
        var rest = keys[...]
        while let key = rest.popFirst() {
            guard let field = fields.first(where: { $0.name == key }) else {
                return .failure(unknown(String(key), among: fields))
            }
            path.append(field.name)
            switch field.shape {
            case .section(let inner) where !rest.isEmpty: fields = inner
            case .section(let inner): return .failure(incomplete(field.name, inner.map(\.name)))
            case .map(let words, _):
                guard !rest.isEmpty else { return .failure(incomplete(field.name, [words])) }
                return .success(path + [rest.joined(separator: ".")])
            default:
                guard rest.isEmpty else { return .failure(tooLong(field.name)) }
                return .success(path)
            }
        }
        return .success(path)
    }

    private func unknown(_ key: String, among fields: [FieldDeclaration]) -> OverrideRefusal {
        let names = fields.map(\.name)
        return OverrideRefusal(
            refusal(
                "unknown key '\(shown(key))'", expected: "one of \(names.joined(separator: ", "))",
                suggestion: nearName(to: key, among: names)))
    }

    private func incomplete(_ name: String, _ inner: [String]) -> OverrideRefusal {
        OverrideRefusal(
            refusal(
                "'\(name)' is a section",
                expected: "one of its keys: \(inner.joined(separator: ", "))"))
    }

    private func tooLong(_ name: String) -> OverrideRefusal {
        OverrideRefusal(refusal("'\(name)' has no keys below it", expected: "'=' behind it"))
    }
}

/// Why no field takes an option.
struct OverrideRefusal: Error {
    let diagnostic: Diagnostic

    init(_ diagnostic: Diagnostic) {
        self.diagnostic = diagnostic
    }
}
