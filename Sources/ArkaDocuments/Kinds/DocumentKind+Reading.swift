public import ArkaModel

extension DocumentKind {
    /// Reads a document of this kind: YAML, then options, then the environment, then the fields.
    public func read(
        _ source: SourceText, _ inputs: DocumentInputs = DocumentInputs()
    ) -> DocumentResult<Spec> {
        let yaml = parseYAML(source, limits: inputs.limits)
        guard let root = yaml.root else { return unread(source, yaml.diagnostics) }
        if let refusal = refusalOfKind(root) {
            return unread(source, yaml.diagnostics + [refusal])
        }
        return read(root, inputs, diagnostics: yaml.diagnostics)
    }

    /// The result where there are no fields that would say what is secret.
    private func unread(
        _ source: SourceText, _ diagnostics: [Diagnostic]
    ) -> DocumentResult<Spec> {
        let text = source.blottingLikelySecrets
        return DocumentResult(document: nil, diagnostics: diagnostics.map { $0.showing(text) })
    }

    /// Reads options without a document: every other field holds its default.
    public func readDefaults(_ inputs: DocumentInputs = DocumentInputs()) -> DocumentResult<Spec> {
        let text =
            "{apiVersion: \(documentVersion), kind: \(name), metadata: {name: default}, spec: {}}"
        return read(SourceText(name: "defaults", text: text), inputs)
    }

    /// One message instead of many where the file is a document of another kind.
    private func refusalOfKind(_ root: YAMLNode) -> Diagnostic? {
        guard case .mapping(let entries) = root.kind,
            let value = entries.first(where: { $0.key == "kind" })?.value,
            case .scalar(let scalar) = value.kind, scalar.text != name, !scalar.isNull
        else { return nil }
        return Diagnostic(
            .documentKind, "this is a document of kind '\(shown(scalar.text))'",
            expected: "kind: \(name)", suggestion: nearName(to: scalar.text, among: [name]),
            at: value.place)
    }

    private func read(
        _ root: YAMLNode, _ inputs: DocumentInputs, diagnostics: [Diagnostic]
    ) -> DocumentResult<Spec> {
        var found = diagnostics
        let overridden = applying(inputs.overrides, to: root, &found)
        var interpolation = Interpolation(environment: inputs.environment, limits: inputs.limits)
        let resolved = interpolation.resolved(overridden)
        var reading = DocumentReading(
            diagnostics: found + interpolation.diagnostics, limits: inputs.limits)
        let envelope = self.envelope.read(resolved, &reading)

        let mask = SecretMask(reading.secrets)
        let document = envelope.map { envelope in
            Document(
                name: envelope.metadata.name, spec: envelope.spec,
                places: placesBelowSpec(mask.masked(reading.places)),
                keyPlaces: placesBelowSpec(mask.masked(reading.keyPlaces)),
                environmentPaths: Set(reading.environmentPaths.compactMap(pathBelowSpec)),
                start: SourcePlace(root.place.source, SourceRange(0, 0)))
        }
        // Overrides, variables and fields are checked in turn; people read from top to bottom.
        let sorted = reading.diagnostics.sorted { $0.range.start < $1.range.start }
        return DocumentResult(document: document, diagnostics: mask.masked(sorted))
    }

    private func applying(
        _ overrides: [String], to root: YAMLNode, _ diagnostics: inout [Diagnostic]
    ) -> YAMLNode {
        var result = root
        for option in overrides {
            guard let override = Override(option) else {
                let source = SourceText(name: "--set", text: shown(option))
                diagnostics.append(
                    Diagnostic(
                        .documentOverride, "an option without a key and a value",
                        expected: "key=value", in: source, at: SourceRange(0, source.utf8.count)))
                continue
            }
            switch override.resolve(in: spec.declarations) {
            case .success(let path):
                result = result.setting(
                    ["spec"] + path, to: override.node, at: override.keyPlace)
            case .failure(let refusal): diagnostics.append(refusal.diagnostic)
            }
        }
        return result
    }

    private func placesBelowSpec(_ places: [String: SourcePlace]) -> [String: SourcePlace] {
        var result: [String: SourcePlace] = [:]
        for (path, place) in places {
            if let path = pathBelowSpec(path) { result[path] = place }
        }
        return result
    }

    private func pathBelowSpec(_ path: String) -> String? {
        path.hasPrefix("spec.") ? String(path.dropFirst("spec.".count)) : nil
    }
}
