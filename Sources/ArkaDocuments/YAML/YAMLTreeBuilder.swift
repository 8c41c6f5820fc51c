import ArkaModel

/// Builds the tree of a document from events and refuses what documents do without.
struct YAMLTreeBuilder: ~Copyable {
    private let source: SourceText
    private let limits: DocumentLimits
    private var events: YAMLEventReader
    private var valueCount = 0
    /// Faults that do not end the reading.
    private var diagnostics: [Diagnostic] = []

    /// A fault at which reading ends.
    private struct Fault: Error {
        let diagnostic: Diagnostic
    }

    init(source: SourceText, limits: DocumentLimits) {
        self.source = source
        self.limits = limits
        events = YAMLEventReader(source.utf8)
    }

    /// Reads the whole text.
    mutating func document() -> YAMLDocument {
        do throws(Fault) {
            let root = try singleDocument()
            return YAMLDocument(root: root, diagnostics: diagnostics)
        } catch {
            return YAMLDocument(root: nil, diagnostics: diagnostics + [error.diagnostic])
        }
    }

    private mutating func singleDocument() throws(Fault) -> YAMLNode {
        var root: YAMLNode?
        while true {
            let event = try next()
            switch event.kind {
            case .documentStart(let hasTagDirectives):
                if root != nil {
                    throw fault(.documentCount, "a second document begins here", event.range)
                }
                if hasTagDirectives {
                    throw fault(.documentFeature, "%TAG directives are not taken", event.range)
                }
                root = try node(try next(), depth: 0)
            case .streamEnd:
                guard let root else {
                    throw fault(.documentCount, "the document is empty", SourceRange(0, 0))
                }
                return root
            default: continue
            }
        }
    }

    private mutating func node(_ event: YAMLEvent, depth: Int) throws(Fault) -> YAMLNode {
        try count(event.range)
        guard depth < limits.depthMax else {
            throw fault(
                .documentTooLarge, "nested deeper than \(limits.depthMax) levels", event.range)
        }
        try refuseProperties(of: event)
        switch event.kind {
        case .scalar(let text, let style):
            return YAMLNode(.scalar(YAMLScalar(text, style: style)), at: place(event.range))
        case .sequenceStart: return try sequence(from: event.range, depth: depth)
        case .mappingStart: return try mapping(from: event.range, depth: depth)
        default:
            throw fault(
                .documentFeature, "aliases (*name) are not taken", expected: "the value itself",
                event.range)
        }
    }

    private mutating func sequence(
        from start: SourceRange, depth: Int
    ) throws(Fault) -> YAMLNode {
        var items: [YAMLNode] = []
        while true {
            let event = try next()
            if case .sequenceEnd = event.kind {
                return YAMLNode(.sequence(items), at: place(start.union(event.range)))
            }
            items.append(try node(event, depth: depth + 1))
        }
    }

    private mutating func mapping(
        from start: SourceRange, depth: Int
    ) throws(Fault) -> YAMLNode {
        var entries: [YAMLEntry] = []
        // Bytes, not strings: two spellings of "é" are two keys.
        var places: [[UInt8]: SourceRange] = [:]
        while true {
            let event = try next()
            if case .mappingEnd = event.kind {
                return YAMLNode(.mapping(entries), at: place(start.union(event.range)))
            }
            let key = try key(event)
            let value = try node(try next(), depth: depth + 1)
            if let first = places[Array(key.utf8)] {
                try reportRepeated(key, event.range, first: first)
            } else {
                places[Array(key.utf8)] = event.range
                entries.append(YAMLEntry(key, at: place(event.range), value))
            }
        }
    }

    private mutating func key(_ event: YAMLEvent) throws(Fault) -> String {
        try count(event.range)
        guard case .scalar(let text, let style) = event.kind else {
            throw fault(.documentFeature, "a key is not a text", expected: "a word", event.range)
        }
        try refuseProperties(of: event)
        if text == "<<", style == .plain {
            try report(
                .documentFeature, "merge keys (<<) are not taken", expected: "the keys themselves",
                event.range)
        }
        return text
    }

    private mutating func refuseProperties(of event: YAMLEvent) throws(Fault) {
        if event.hasAnchor {
            try report(.documentFeature, "anchors (&name) are not taken", event.range)
        }
        if event.hasTag { try report(.documentFeature, "tags (!name) are not taken", event.range) }
    }

    private mutating func reportRepeated(
        _ key: String, _ range: SourceRange, first: SourceRange
    ) throws(Fault) {
        let place = source.position(at: first.start)
        try report(
            .documentDuplicateKey,
            "'\(shown(key))' is given twice, first at \(place.line):\(place.column)",
            expected: "each key once", range)
    }

    private mutating func count(_ range: SourceRange) throws(Fault) {
        valueCount += 1
        if valueCount > limits.valuesMax {
            throw fault(.documentTooLarge, "more than \(limits.valuesMax) values", range)
        }
    }

    private mutating func next() throws(Fault) -> YAMLEvent {
        do {
            return try events.next()
        } catch {
            throw Fault(diagnostic: error.diagnostic(in: source))
        }
    }

    private func place(_ range: SourceRange) -> SourcePlace {
        SourcePlace(source, range)
    }

    /// Reports a fault after which the tree can still be built.
    private mutating func report(
        _ code: DiagnosticCode, _ message: String, expected expectation: String? = nil,
        _ range: SourceRange
    ) throws(Fault) {
        let fault = fault(code, message, expected: expectation, range)
        guard diagnostics.count + 1 < limits.diagnosticsMax else { throw fault }
        diagnostics.append(fault.diagnostic)
    }

    private func fault(
        _ code: DiagnosticCode, _ message: String, expected expectation: String? = nil,
        _ range: SourceRange
    ) -> Fault {
        Fault(
            diagnostic: Diagnostic(code, message, expected: expectation, in: source, at: range))
    }
}
