import ArkaModel

extension SchemaCompiler {
    /// Reads what a schema asks of the members of an object.
    mutating func memberChecks(of node: JSONNode, _ place: Place) -> [Subschema.Keyword] {
        var keywords: [Subschema.Keyword] = []
        if let required = node["required"], let names = names(required, of: "required") {
            keywords.append(.required(names))
        }
        if let dependent = node["dependentRequired"] {
            keywords.append(.dependentRequired(dependentRequired(dependent)))
        }
        if let dependent = node["dependentSchemas"] {
            let name = "dependentSchemas"
            let schemas = schemas(byName: dependent, of: name, place.below(name))
            keywords.append(.dependentSchemas(schemas.map { ($0.member.name, $0.schema) }))
        }
        if let names = node["propertyNames"] {
            keywords.append(.propertyNames(schema(names, at: place.below("propertyNames"))))
        }
        if let members = members(of: node, place) { keywords.append(.members(members)) }
        return keywords
    }

    private mutating func members(of node: JSONNode, _ place: Place) -> Subschema.Members? {
        let (named, patterns) = (node["properties"], node["patternProperties"])
        let additional = node["additionalProperties"]
        guard named != nil || patterns != nil || additional != nil else { return nil }
        var members = Subschema.Members()
        if let named {
            let name = "properties"
            for (member, schema) in schemas(byName: named, of: name, place.below(name)) {
                members.named[ByteText(member.name)] = schema
                members.names.append(member.name)
            }
        }
        if let patterns {
            let name = "patternProperties"
            for (member, schema) in schemas(byName: patterns, of: name, place.below(name)) {
                if let pattern = pattern(member.name, at: member.nameRange) {
                    members.patterns.append((pattern, schema))
                }
            }
        }
        if let additional {
            members.additional = schema(additional, at: place.below("additionalProperties"))
        }
        return members
    }

    private mutating func dependentRequired(
        _ node: JSONNode
    ) -> [(name: String, required: [String])] {
        guard case .object(let members) = node.kind else {
            noteValue(of: "dependentRequired", expected: "an object of lists of names", at: node)
            return []
        }
        return members.map { ($0.name, names($0.value, of: "dependentRequired") ?? []) }
    }

    private mutating func names(_ node: JSONNode, of keyword: String) -> [String]? {
        guard case .array(let nodes) = node.kind else {
            noteValue(of: keyword, expected: "an array of names", at: node)
            return nil
        }
        var seen: Set<ByteText> = []
        return nodes.compactMap { node in
            guard let name = string(node, of: keyword) else { return nil }
            if !seen.insert(ByteText(name)).inserted {
                noteValue(of: keyword, expected: "each name once", at: node)
            }
            return name
        }
    }
}
