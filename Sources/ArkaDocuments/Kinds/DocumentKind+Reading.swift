public import ArkaModel

extension DocumentKind {
    /// Reads a document of this kind: YAML, then options, then the environment, then the fields.
    public func read(
        _ source: SourceText, _ inputs: DocumentInputs = DocumentInputs()
    ) -> DocumentResult<Spec> {
        read(parseYAML(source, limits: inputs.limits), of: source, inputs)
    }

    /// Reads a document of this kind whose YAML is parsed already.
    /// - Parameter source: The text that `yaml` was parsed from.
    public func read(
        _ yaml: YAMLDocument, of source: SourceText, _ inputs: DocumentInputs = DocumentInputs()
    ) -> DocumentResult<Spec> {
        guard let root = yaml.root else { return unread(source, yaml.diagnostics, inputs.limits) }
        if let refusal = refusalOfKind(root) {
            return unread(source, yaml.diagnostics + [refusal], inputs.limits)
        }
        return read(root, inputs, diagnostics: yaml.diagnostics)
    }

    /// The result where there are no fields that would say what is secret.
    private func unread(
        _ source: SourceText, _ diagnostics: [Diagnostic], _ limits: DocumentLimits
    ) -> DocumentResult<Spec> {
        let text = source.shown(bytesMax: limits.bytesMax)
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
        guard let value = root.entry("kind"), case .scalar(let scalar) = value.kind,
            scalar.text != name, !scalar.isNull
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
        var interpolation = Interpolation(
            environment: inputs.environment, limits: inputs.limits,
            own: ownVariables(overridden))
        let resolved = interpolation.resolved(overridden)
        var reading = DocumentReading(
            diagnostics: found + interpolation.diagnostics, limits: inputs.limits)
        let envelope = self.envelope.read(resolved, &reading)

        let mask = SecretMask(reading.secrets)
        let document = envelope.map { envelope in
            Document(
                name: envelope.name, spec: envelope.spec,
                places: places(mask.masked(reading.places), below: "spec."),
                keyPlaces: places(mask.masked(reading.keyPlaces), below: "spec."),
                environmentPaths: Set(
                    reading.environmentPaths.compactMap { path($0, below: "spec.") }),
                metadataPlaces: places(mask.masked(reading.places), below: "metadata."),
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

    private func places(
        _ places: [String: SourcePlace], below prefix: String
    ) -> [String: SourcePlace] {
        var result: [String: SourcePlace] = [:]
        for (path, place) in places {
            if let path = self.path(path, below: prefix) { result[path] = place }
        }
        return result
    }

    private func path(_ path: String, below prefix: String) -> String? {
        path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : nil
    }

    /// What the document itself says of variables: its name, where that is one. A name that could lead out
    /// of a directory is none.
    private func ownVariables(_ root: YAMLNode) -> [String: String] {
        guard let nameVariable else { return [:] }
        guard let name = root.entry("metadata")?.entry("name"),
            case .scalar(let scalar) = name.kind,
            isDocumentName(scalar.text)
        else { return [nameVariable: ""] }
        return [nameVariable: scalar.text]
    }
}
