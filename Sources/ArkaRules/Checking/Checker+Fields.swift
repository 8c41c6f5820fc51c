import ArkaModel

extension Checker {
    /// Names that will start a path once plugins, contexts and lists exist.
    private static let laterRoots: Set<String> = ["plugin", "context", "list"]

    /// Checks a path: a `let`, a property of one, or a place in the record.
    mutating func check(path: [NameSyntax], _ range: SourceRange) -> CheckedExpression? {
        if path.count == 1, let binding = scope.use(path[0].text), binding.path == nil {
            for read in binding.reads { scope.read(read.field, at: read.range) }
            guard let value = binding.value else { return nil }
            return CheckedExpression(value.form, range, value.weight)
        }
        guard let field = field(path, range) else { return nil }
        let types = ValueTypes(catalog.fields[field].types)
        if !types.isEmpty { scope.read(field, at: range) }
        return CheckedExpression(.value(.field(field), types), range, Weight())
    }

    /// Finds the place in the record that a path means; `nil` if that was reported.
    mutating func field(_ path: [NameSyntax], _ range: SourceRange) -> FieldIndex? {
        guard let names = fullNames(of: path) else { return nil }
        if names.count == 1, isWholeRecord(names) {
            report(
                .notAValue, "'\(path[0].text)' is the whole record",
                expected: "one of its properties, such as \(names[0]).id", at: range)
            return nil
        }
        do throws(FieldCatalog.Failure) {
            let field = try catalog.resolve(names)
            noteMissingSchema(at: range)
            return field
        } catch {
            report(error, path, skipping: names.count - path.count)
            return nil
        }
    }

    /// A path with the path of the `let` that it starts with; `nil` if that was reported.
    mutating func fullNames(of path: [NameSyntax]) -> [String]? {
        guard let binding = scope.use(path[0].text) else { return path.map(\.text) }
        if let start = binding.path { return start + path.dropFirst().map(\.text) }
        guard binding.value != nil, path.count > 1 else { return nil }
        report(
            .noProperties, "'\(path[0].text)' is not a path and has no properties",
            expected: "a 'let' of a path, or its name alone", at: path[1].range)
        return nil
    }

    func isWholeRecord(_ names: [String]) -> Bool {
        names.count == 1
            && catalog.layout.roots.contains { $0.name == names[0] && $0.path.isEmpty }
    }

    /// Every field that is read without a default must be there, unless the rule asks.
    mutating func checkOptionalFields() {
        for read in scope.reads {
            let field = catalog.fields[read.field]
            guard field.optionalLength > 0, !scope.tests(field) else { continue }
            report(
                .optionalField, "'\(field.name)' may be missing or null",
                expected:
                    "a default with '??', a test with 'is known', or 'on_unknown' of the rule",
                at: read.range)
        }
    }

    // MARK: Messages

    private mutating func noteMissingSchema(at range: SourceRange) {
        guard case .any = catalog.layout.schema, !hasNotedMissingSchema else { return }
        hasNotedMissingSchema = true
        report(
            .noSchema,
            "there is no record schema, so a misspelt field or a wrong type goes unnoticed and makes "
                + "its rule unknown",
            severity: .warning, expected: "a schema in the topology", at: range)
    }

    private mutating func report(
        _ failure: FieldCatalog.Failure, _ path: [NameSyntax], skipping: Int
    ) {
        /// The names of a `let` have no place here; its use stands for them.
        func range(_ segment: Int) -> SourceRange { path[max(0, segment - skipping)].range }
        switch failure {
        case .unknownRoot(let suggestion):
            reportUnknownRoot(path, suggestion)
        case .unknownField(let segment, let parent, let names):
            let suggestion =
                segment == 0
                ? nil : nearName(to: path[max(0, segment - skipping)].text, among: names)
            report(
                .unknownField, "the record schema knows no such property of \(parent)",
                expected: suggestion == nil ? Self.listing(names) : nil,
                suggestion: suggestion, at: range(segment))
        case .noProperties(let segment, let parent, let types):
            report(
                .noProperties, "'\(parent)' is \(types.words) and has no properties",
                at: range(segment))
        }
    }

    /// Names to choose from, unless they are many.
    private static func listing(_ names: [String]) -> String {
        guard names.count <= 8 else { return "a property that the schema names" }
        return "one of " + names.joined(separator: ", ")
    }

    private mutating func reportUnknownRoot(_ path: [NameSyntax], _ suggestion: String?) {
        let root = path[0]
        guard !Self.laterRoots.contains(root.text) else {
            return report(
                .notAvailable, "the root '\(root.text)' is not available yet",
                expected: "a path such as transaction.amount", at: root.range)
        }
        let roots = catalog.layout.roots.map(\.name)
        report(
            .unknownName, "unknown name '\(root.text)'",
            expected: "a 'let' from above, or a path from \(roots.joined(separator: ", "))",
            suggestion: suggestion ?? nearName(to: root.text, among: scope.letNames),
            at: root.range)
    }
}

extension JSONTypes {
    /// As messages say it, such as `a string or null`.
    var words: String {
        let named: [(JSONTypes, String)] = [
            (.string, "a text"), (.number, "a number"), (.boolean, "a boolean"),
            (.object, "an object"), (.array, "an array"), (.null, "null"),
        ]
        var words = named.filter { contains($0.0) }.map(\.1)
        if contains(.integer), !contains(.number) { words.insert("a whole number", at: 0) }
        return words.isEmpty ? "nothing" : words.joined(separator: " or ")
    }
}
