import ArkaModel

/// What can be referred to in a document, and what is.
struct SchemaReferences {
    /// A `$ref` that was read.
    struct Reference {
        let text: String
        /// The schema that it stands in.
        let origin: Int
        let base: URIReference
        let range: SourceRange
    }

    /// Schemas by their way from the beginning of the document.
    var pointers: [ByteText: Int] = [:]
    private(set) var all: [Reference] = []
    /// The ways to schemas with a URI of their own.
    private var resources: [URIReference: String] = [:]
    private var anchors: [URIReference: Int] = [:]

    /// Names a schema; answers whether the name was free.
    @discardableResult
    mutating func addResource(_ uri: URIReference, at pointer: String) -> Bool {
        resources.updateValue(pointer, forKey: uri) == nil
    }

    /// Names a schema within one; answers whether the name was free.
    mutating func addAnchor(_ name: String, in base: URIReference, _ index: Int) -> Bool {
        var uri = base
        uri.fragment = name
        return anchors.updateValue(index, forKey: uri) == nil
    }

    mutating func add(_ text: String, from origin: Int, base: URIReference, at range: SourceRange) {
        all.append(Reference(text: text, origin: origin, base: base, range: range))
    }

    /// What a reference leads to.
    enum Target {
        case schema(Int)
        /// Another document.
        case remote
        /// Nothing in this document.
        case nothing
    }

    func target(of reference: Reference) -> Target {
        let uri = reference.base.resolving(URIReference(reference.text))
        guard let resource = resources[uri.document] else { return .remote }
        guard let fragment = uri.decodedFragment else { return .nothing }
        if fragment.isEmpty || fragment.hasPrefix("/") {
            return pointers[ByteText(resource + fragment)].map { .schema($0) } ?? .nothing
        }
        var anchor = uri
        anchor.fragment = fragment
        return anchors[anchor].map { .schema($0) } ?? .nothing
    }
}

extension SchemaCompiler {
    /// Leads each `$ref` to its schema.
    mutating func resolveReferences() {
        for reference in references.all {
            switch references.target(of: reference) {
            case .schema(let target):
                subschemas[reference.origin].reference = target
                // There is another way to it: its own place, or another reference.
                subschemas[target].isShared = true
            case .remote:
                note(
                    .jsonSchemaUnsupported,
                    "'$ref' leads out of this document, and no other is read",
                    expected: "a reference such as '#/$defs/name'", at: reference.range)
            case .nothing:
                note(
                    .jsonSchemaReference, "'$ref' leads to no schema of this document",
                    expected: "a reference such as '#/$defs/name' to a place where a schema stands",
                    at: reference.range)
            }
        }
    }

    /// Refuses schemas that lead to themselves for the same value, and rows of schemas that are too long.
    mutating func checkChains() {
        var chains = SchemaChains(subschemas, limits.chainMax)
        for index in subschemas.indices {
            switch chains.check(index) {
            case .sound: continue
            case .cycle(let member):
                let range = references.all.first { $0.origin == member }?.range ?? SourceRange(0, 0)
                note(
                    .jsonSchemaCycle,
                    "'$ref' leads back to its own schema for the same value: testing would not end",
                    expected: "a reference from within 'properties', 'items' or the like", at: range
                )
            case .tooLong:
                note(
                    .jsonSchemaTooLarge,
                    "more than \(limits.chainMax) schemas in a row apply to one value",
                    expected: "fewer references that lead to references", at: SourceRange(0, 0))
            }
            return
        }
    }
}

/// Follows schemas from one to those that are held against the same value.
private struct SchemaChains {
    enum Finding {
        case sound
        /// A schema with a reference that leads back to it.
        case cycle(Int)
        case tooLong
    }

    private let subschemas: [Subschema]
    private let max: Int
    /// How many follow in a row; `nil` before a schema was looked at, -1 while it is.
    private var heights: [Int?]
    /// The schemas on the way.
    private var way: [Int] = []

    init(_ subschemas: [Subschema], _ max: Int) {
        self.subschemas = subschemas
        self.max = max
        heights = Array(repeating: nil, count: subschemas.count)
    }

    mutating func check(_ index: Int) -> Finding {
        if let height = heights[index] {
            guard height < 0 else { return way.count + height > max ? .tooLong : .sound }
            let circle = way[(way.lastIndex(of: index) ?? 0)...]
            return .cycle(circle.last { subschemas[$0].reference != nil } ?? index)
        }
        guard way.count < max else { return .tooLong }
        heights[index] = -1
        way.append(index)
        defer { way.removeLast() }
        var height = 0
        let subschema = subschemas[index]
        for next in subschema.keywords.flatMap(\.inPlace) + [subschema.reference].compactMap({ $0 })
        {
            let finding = check(next)
            guard case .sound = finding else { return finding }
            height = Swift.max(height, (heights[next] ?? 0) + 1)
        }
        heights[index] = height
        return .sound
    }
}
