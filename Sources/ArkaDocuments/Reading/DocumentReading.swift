import ArkaModel

/// What is known while a document is read: where the reader is, what it found wrong, and which places
/// hold secrets.
struct DocumentReading {
    /// Everything found so far.
    private(set) var diagnostics: [Diagnostic]
    /// Where the values of fields stand, by dotted path, such as `source.topic` or `rules.files[0]`.
    private(set) var places: [String: SourcePlace] = [:]
    /// Where their keys stand, by the same paths.
    private(set) var keyPlaces: [String: SourcePlace] = [:]
    /// The paths of values that came from the environment.
    private(set) var environmentPaths: Set<String> = []
    /// Where values stand that must not be printed.
    private(set) var secrets: [SourcePlace] = []
    private let limits: DocumentLimits
    private var path = ""

    init(diagnostics: [Diagnostic], limits: DocumentLimits) {
        self.diagnostics = diagnostics
        self.limits = limits
    }

    /// Reads something below a step of the path, such as `.topic` or `[0]`.
    mutating func entering<Result>(
        _ step: String, _ node: YAMLNode, key: SourcePlace? = nil,
        _ read: (inout DocumentReading) -> Result
    ) -> Result {
        let outer = path
        path += outer.isEmpty && step.hasPrefix(".") ? String(step.dropFirst()) : step
        places[path] = node.place
        keyPlaces[path] = key
        if node.isFromEnvironment { environmentPaths.insert(path) }
        defer { path = outer }
        return read(&self)
    }

    /// Marks a value as one that is never printed, not even in the line that a message shows.
    mutating func keepSecret(_ node: YAMLNode) {
        secrets.append(node.place)
    }

    /// Whether a value lies within one that is never printed.
    func isSecret(_ node: YAMLNode) -> Bool {
        secrets.contains { secret in
            secret.source == node.place.source && secret.range.start <= node.place.range.start
                && node.place.range.end <= secret.range.end
        }
    }

    /// Adds a diagnostic, as long as there is room.
    mutating func report(_ diagnostic: Diagnostic) {
        if hasRoom { diagnostics.append(diagnostic) }
    }

    /// Whether one more diagnostic is kept. Finding a near name costs more than reading the value:
    /// not to be done for what nobody will see.
    private var hasRoom: Bool { diagnostics.count < limits.diagnosticsMax }
}

extension DocumentReading {
    /// The single value of a node; reports a node that has none.
    mutating func scalar(_ node: YAMLNode, _ shape: FieldShape) -> YAMLScalar? {
        guard case .scalar(let scalar) = node.kind else {
            refuseKind(node, expected: shape.words)
            return nil
        }
        if scalar.isNull {
            report(
                Diagnostic(
                    .documentMissingKey, "'\(name)' has no value",
                    expected: "\(shape.words), or no such key", at: node.place))
            return nil
        }
        return scalar.origin == .unresolved ? nil : scalar
    }

    /// The items of a list, also of one written as a text with separators.
    mutating func items(_ node: YAMLNode, separator: Character?) -> [YAMLNode]? {
        switch node.kind {
        case .sequence(let items): return items
        case .scalar(let scalar) where !scalar.isNull:
            // An option on a command line has no other way to write a list.
            let separator = separator ?? (scalar.origin == .option ? "," : nil)
            guard let separator else {
                refuseKind(node, expected: "a list in square brackets")
                return nil
            }
            guard scalar.origin != .unresolved else { return nil }
            return scalar.text.split(separator: separator).map { item in
                var part = scalar
                part.text = String(item.trimmingSpaces)
                return YAMLNode(.scalar(part), at: node.place)
            }
        case .scalar, .mapping:
            refuseKind(node, expected: "a list")
            return nil
        }
    }

    /// The entries of a mapping; nothing at all counts as an empty one.
    mutating func entries(_ node: YAMLNode) -> [YAMLEntry]? {
        switch node.kind {
        case .mapping(let entries): return entries
        case .scalar(let scalar) where scalar.isNull: return []
        case .scalar, .sequence:
            refuseKind(node, expected: "a section with keys")
            return nil
        }
    }

    /// The last step of the path: the key that is being read.
    private var name: String {
        shown(String(path.split(separator: ".").last ?? "document"))
    }

    private mutating func refuseKind(_ node: YAMLNode, expected words: String) {
        report(
            Diagnostic(
                .documentType, "'\(name)' is \(node.kindName)", expected: words, at: node.place))
    }

    /// Reports a value that its field does not take. What comes from the environment is named, never
    /// shown.
    mutating func refuse(_ node: YAMLNode, code: DiagnosticCode, expected expectation: Expectation)
    {
        guard hasRoom else { return }
        report(
            Diagnostic(
                code, "'\(name)' cannot be \(isSecret(node) ? "what is given" : node.shownValue)",
                expected: expectation.words,
                suggestion: expectation.suggestion, at: node.place))
    }

    /// - Parameter names: Made only where one more diagnostic is kept.
    mutating func refuseUnknown(_ entry: YAMLEntry, among names: some Sequence<String>) {
        guard hasRoom else { return }
        report(
            Diagnostic(
                .documentUnknownKey, "unknown key '\(shown(entry.key))'",
                expected: "one of \(names.joined(separator: ", "))",
                suggestion: nearName(to: entry.key, among: names), at: entry.keyPlace))
    }

    mutating func reportMissing(_ name: String, in node: YAMLNode) {
        let owner = path.isEmpty ? "the document" : "'\(path)'"
        let start = node.place.range.start
        report(
            Diagnostic(
                .documentMissingKey, "\(owner) has no '\(name)'", expected: "the key '\(name)'",
                at: SourcePlace(node.place.source, SourceRange(start, start))))
    }
}

extension YAMLNode {
    /// The value for a message; what comes from the environment by its name in the document only.
    fileprivate var shownValue: String {
        guard case .scalar(let scalar) = kind else { return kindName }
        guard scalar.origin == .environment else { return "'\(shown(scalar.text))'" }
        let written = place.source.utf8[place.range.start..<place.range.end]
        return "what \(shown(String(decoding: written, as: UTF8.self))) stands for"
    }
}
