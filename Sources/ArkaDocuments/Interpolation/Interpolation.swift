import ArkaModel

/// Puts variables of the environment into the values of a document.
///
/// It works on the tree, after parsing: a variable can fill a value, it can never add a key, a list
/// item or a quote. Keys are left alone. A value that got anything from the environment is marked, so
/// that no message prints it.
struct Interpolation {
    let environment: [String: String]
    let limits: DocumentLimits
    /// What the document says of variables itself: it is not secret, and hides the environment's.
    private let own: [String: String]
    private(set) var diagnostics: [Diagnostic] = []
    /// What the environment may still add; `nil` once it was too much, which is said once.
    private var bytesLeft: Int?

    init(environment: [String: String], limits: DocumentLimits, own: [String: String] = [:]) {
        self.environment = environment
        self.own = own
        self.limits = limits
        bytesLeft = limits.environmentBytesMax
    }

    /// The same tree with every `${NAME}` replaced.
    mutating func resolved(_ node: YAMLNode) -> YAMLNode {
        var result = node
        switch node.kind {
        case .scalar(let scalar): result.kind = .scalar(resolved(scalar, at: node.place))
        case .sequence(let items): result.kind = .sequence(items.map { resolved($0) })
        case .mapping(let entries):
            result.kind = .mapping(
                entries.map { YAMLEntry($0.key, at: $0.keyPlace, resolved($0.value)) })
        }
        return result
    }

    private mutating func resolved(_ scalar: YAMLScalar, at place: SourcePlace) -> YAMLScalar {
        guard scalar.origin == .document, scalar.text.utf8.contains(UInt8(ascii: "$")) else {
            return scalar
        }
        var result = scalar
        switch parseTemplate(scalar.text, depthMax: limits.defaultDepthMax) {
        case .failure(let failure):
            report(.documentInterpolation, failure.message, expected: failure.expectation, place)
            result.origin = .unresolved
        case .success(let template):
            var text = ""
            let isWhole = append(template, to: &text, at: place)
            result.text = text
            result.origin =
                !isWhole
                ? .unresolved : template.leans(onlyOn: own.keys) ? .document : .environment
            // `"$${X}"` unescapes to a text that must not become "no value".
            if result.origin == .document { result.style = .quoted }
        }
        return result
    }

    /// Appends what a template comes to.
    /// - Returns: Whether every variable was there.
    private mutating func append(
        _ template: Template, to text: inout String, at place: SourcePlace
    ) -> Bool {
        var isWhole = true
        for part in template.parts {
            switch part {
            case .literal(let literal): text += literal
            case .variable(let name, let fallback):
                if let value = own[name] {
                    text += value
                } else if let value = environment[name], fallback == nil || !value.isEmpty {
                    isWhole = spend(value, at: place) && isWhole
                    if isWhole { text += value }
                } else if let fallback {
                    isWhole = append(fallback, to: &text, at: place) && isWhole
                } else {
                    reportMissing(name, place)
                    isWhole = false
                }
            }
        }
        return isWhole
    }

    private mutating func spend(_ value: String, at place: SourcePlace) -> Bool {
        guard let left = bytesLeft else { return false }
        guard value.utf8.count <= left else {
            bytesLeft = nil
            report(
                .documentTooLarge,
                "the environment adds more than \(limits.environmentBytesMax) bytes", place)
            return false
        }
        bytesLeft = left - value.utf8.count
        return true
    }

    private mutating func reportMissing(_ name: String, _ place: SourcePlace) {
        // The place and the near name cost a search each: not for what nobody will see.
        guard diagnostics.count < limits.diagnosticsMax else { return }
        report(
            .documentVariable, "the environment variable '\(shown(name))' is not set",
            expected: "a value for it, or a default: ${\(shown(name)):-default}",
            suggestion: nearName(to: name, among: environment.keys.sorted()),
            place.narrowed(to: "${" + name))
    }

    private mutating func report(
        _ code: DiagnosticCode, _ message: String, expected expectation: String? = nil,
        suggestion: String? = nil, _ place: SourcePlace
    ) {
        guard diagnostics.count < limits.diagnosticsMax else { return }
        diagnostics.append(
            Diagnostic(
                code, message, expected: expectation, suggestion: suggestion, at: place))
    }
}

extension SourcePlace {
    /// The first place of a text within this one; the whole place if it is not there, as where a
    /// quoted value has escapes.
    fileprivate func narrowed(to text: String) -> SourcePlace {
        let wanted = Array(text.utf8)
        let bytes = source.utf8
        var start = range.start
        while start + wanted.count <= range.end {
            let end = start + wanted.count
            if bytes[start..<end].elementsEqual(wanted) {
                return SourcePlace(source, SourceRange(start, end))
            }
            start += 1
        }
        return self
    }
}
