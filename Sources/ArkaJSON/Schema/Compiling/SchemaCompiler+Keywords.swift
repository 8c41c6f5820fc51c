import ArkaModel
import ArkaText

extension SchemaCompiler {
    /// Reads all keywords of a schema. Those that ask what others have looked at come last.
    mutating func keywords(
        of node: JSONNode, _ members: [JSONMember], _ index: Int, _ place: Place
    ) -> [Subschema.Keyword] {
        var keywords: [Subschema.Keyword] = []
        for member in members {
            if let keyword = keyword(member, index, place) { keywords.append(keyword) }
        }
        keywords += counts(of: node)
        keywords += elements(of: node, place)
        keywords += memberChecks(of: node, place)
        if let conditional = conditional(of: node, place) { keywords.append(conditional) }
        return keywords.filter { !$0.asksForEvaluated } + keywords.filter(\.asksForEvaluated)
    }

    /// Reads a keyword that stands for itself; those that belong together are read elsewhere.
    private mutating func keyword(
        _ member: JSONMember, _ index: Int, _ place: Place
    ) -> Subschema.Keyword? {
        let (name, node) = (member.name, member.value)
        let inner = place.below(name)
        switch name {
        case "$ref":
            if let text = string(node, of: name) {
                references.add(text, from: index, base: place.base, at: node.range)
            }
        case "$defs": _ = schemas(byName: node, of: name, inner)
        case "contentSchema": _ = schema(node, at: inner)
        case "type": return types(node)
        case "enum": return constants(node, keyword: name)
        case "const": return .oneOf([constant(node)], keyword: name, shown: shown(node))
        case "multipleOf": return multipleOf(node)
        case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum":
            guard let limit = number(node, of: name) else { return nil }
            return .bound(.init(keyword: name, limit: limit, shown: shown(node)))
        case "pattern":
            guard let text = string(node, of: name), let pattern = pattern(text, at: node.range)
            else { return nil }
            return .pattern(pattern, shown: ArkaModel.shown(text))
        case "format": return format(node)
        case "uniqueItems":
            guard case .boolean(let isAsked) = node.kind else {
                noteValue(of: name, expected: "true or false", at: node)
                return nil
            }
            return isAsked ? .uniqueItems : nil
        case "allOf": return schemas(node, of: name, inner).map { .all($0) }
        case "anyOf": return schemas(node, of: name, inner).map { .any($0) }
        case "oneOf": return schemas(node, of: name, inner).map { .one($0) }
        case "not": return .not(schema(node, at: inner))
        case "unevaluatedItems": return .unevaluatedItems(schema(node, at: inner))
        case "unevaluatedProperties": return .unevaluatedProperties(schema(node, at: inner))
        default: checkName(of: member)
        }
        return nil
    }

    /// Refuses a keyword that we do not check, by its name.
    private mutating func checkName(of member: JSONMember) {
        let name = member.name
        if SchemaKeywords.annotations.contains(name) || SchemaKeywords.supported.contains(name) {
            return
        }
        if let instead = SchemaKeywords.unsupported[name] {
            note(
                .jsonSchemaUnsupported, "the keyword '\(name)' is not supported", expected: instead,
                at: member.nameRange)
        } else {
            note(
                .jsonSchemaUnknownKeyword, "JSON Schema has no keyword '\(ArkaModel.shown(name))'",
                expected: "a keyword; '$comment' is for remarks",
                suggestion: nearName(
                    to: name,
                    among: SchemaKeywords.supported + SchemaKeywords.annotations.sorted()),
                at: member.nameRange)
        }
    }

    // Any value

    private mutating func types(_ node: JSONNode) -> Subschema.Keyword? {
        let names: [JSONNode]
        if case .array(let nodes) = node.kind { names = nodes } else { names = [node] }
        var types: JSONTypes = []
        for name in names {
            guard case .string(let text) = name.kind,
                let type = JSONTypes.named.first(where: { $0.name == text })?.type
            else {
                let known = JSONTypes.named.map(\.name)
                noteValue(
                    of: "type", expected: "one of \(known.joined(separator: ", "))", at: name)
                continue
            }
            types.insert(type)
        }
        if names.isEmpty { noteValue(of: "type", expected: "at least one type", at: node) }
        return .types(types)
    }

    private mutating func constants(_ node: JSONNode, keyword: String) -> Subschema.Keyword? {
        guard case .array(let nodes) = node.kind else {
            noteValue(of: keyword, expected: "an array of values", at: node)
            return nil
        }
        let all = nodes.prefix(20).map { shown($0) } + (nodes.count > 20 ? ["…"] : [])
        return .oneOf(
            Set(nodes.map { constant($0) }), keyword: keyword, shown: all.joined(separator: ", "))
    }

    private mutating func constant(_ node: JSONNode) -> CanonicalValue {
        let instance = JSONInstance(node)
        if instance.unreadable != nil {
            note(.jsonSchemaValue, "a number here has an exponent beyond all bounds", at: node)
        }
        return instance.canonical(instance.root)
    }

    /// A value of the schema's own as it was written, cut.
    private func shown(_ node: JSONNode) -> String {
        if case .string(let text) = node.kind { return "'\(ArkaModel.shown(text))'" }
        let bytes = source.utf8[node.range.start..<node.range.end]
        return ArkaModel.shown(String(decoding: bytes.prefix(300), as: UTF8.self))
    }

    private mutating func format(_ node: JSONNode) -> Subschema.Keyword? {
        guard let name = string(node, of: "format"), formats == .checked else { return nil }
        if let format = TextFormat(rawValue: name) { return .format(format) }
        let known = TextFormat.allCases.map(\.rawValue)
        note(
            .jsonSchemaUnsupported, "the format '\(ArkaModel.shown(name))' is not supported",
            expected: "one of \(known.joined(separator: ", ")), or 'pattern'",
            suggestion: nearName(to: name, among: known), at: node.range)
        return nil
    }

    // Numbers and texts

    private mutating func multipleOf(_ node: JSONNode) -> Subschema.Keyword? {
        guard let number = number(node, of: "multipleOf") else { return nil }
        guard let divisor = JSONDivisor(number, text: shown(node)) else {
            noteValue(
                of: "multipleOf", expected: "a number above zero of at most 18 digits", at: node)
            return nil
        }
        return .multipleOf(divisor)
    }

    private mutating func number(_ node: JSONNode, of keyword: String) -> JSONNumber? {
        guard case .number(let text) = node.kind, let number = JSONNumber(text) else {
            noteValue(of: keyword, expected: "a number", at: node)
            return nil
        }
        return number
    }

    mutating func pattern(_ text: String, at range: SourceRange) -> TextPattern? {
        patternCount += 1
        guard patternCount <= limits.patternsMax else {
            if patternCount == limits.patternsMax + 1 {
                note(
                    .jsonSchemaTooLarge,
                    "the schema holds more than \(limits.patternsMax) patterns",
                    expected: "fewer of them", at: range)
            }
            return nil
        }
        do throws(PatternTranslation.Refusal) {
            return try PatternTranslation.compile(text)
        } catch {
            note(
                .jsonSchemaPattern, "this pattern is not taken: \(error.message)",
                expected: error.expectation, at: range)
            return nil
        }
    }

    // How many

    private mutating func counts(of node: JSONNode) -> [Subschema.Keyword] {
        [
            count(of: node, "minLength", "maxLength").map { .length($0) },
            count(of: node, "minItems", "maxItems").map { .elementCount($0) },
            count(of: node, "minProperties", "maxProperties").map { .memberCount($0) },
        ].compactMap { $0 }
    }

    mutating func count(
        of node: JSONNode, _ min: String, _ max: String
    ) -> Subschema.Count? {
        guard node[min] != nil || node[max] != nil else { return nil }
        var count = Subschema.Count(names: (min, max))
        if let node = node[min] { count.min = bound(node, of: min) ?? 0 }
        if let node = node[max] { count.max = bound(node, of: max) ?? .max }
        return count
    }

    private mutating func bound(_ node: JSONNode, of keyword: String) -> Int? {
        guard let bound = number(node, of: keyword)?.clampedToInt, bound >= 0 else {
            if case .number = node.kind {
                noteValue(of: keyword, expected: "a whole number from 0", at: node)
            }
            return nil
        }
        return bound
    }

    // Schemas within

    private mutating func schemas(
        _ node: JSONNode, of keyword: String, _ place: Place
    ) -> [Int]? {
        guard case .array(let nodes) = node.kind, !nodes.isEmpty else {
            noteValue(of: keyword, expected: "an array of one or more schemas", at: node)
            return nil
        }
        return nodes.enumerated().map { schema($1, at: place.below("\($0)")) }
    }

    mutating func schemas(
        byName node: JSONNode, of keyword: String, _ place: Place
    ) -> [(member: JSONMember, schema: Int)] {
        guard case .object(let members) = node.kind else {
            noteValue(of: keyword, expected: "an object of schemas", at: node)
            return []
        }
        return members.map { ($0, schema($0.value, at: place.below($0.name))) }
    }

    private mutating func conditional(of node: JSONNode, _ place: Place) -> Subschema.Keyword? {
        let parts = ["if", "then", "else"].map { name in
            node[name].map { schema($0, at: place.below(name)) }
        }
        guard let test = parts[0] else { return nil }
        return .conditional(test, then: parts[1], otherwise: parts[2])
    }

    private mutating func elements(of node: JSONNode, _ place: Place) -> [Subschema.Keyword] {
        var keywords: [Subschema.Keyword] = []
        let prefix = node["prefixItems"].flatMap {
            schemas($0, of: "prefixItems", place.below("prefixItems"))
        }
        let rest = node["items"].map { schema($0, at: place.below("items")) }
        if prefix != nil || rest != nil {
            keywords.append(.elements(prefix: prefix ?? [], rest: rest))
        }
        let count = count(of: node, "minContains", "maxContains")
        if let contained = node["contains"] {
            var count = count ?? Subschema.Count(names: ("contains", "maxContains"))
            if node["minContains"] == nil {
                count.min = 1
                count.names.min = "contains"
            }
            keywords.append(.contains(schema(contained, at: place.below("contains")), count))
        }
        return keywords
    }
}
