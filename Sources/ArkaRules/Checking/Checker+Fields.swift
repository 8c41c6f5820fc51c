import ArkaModel

extension Checker {
    /// Checks a path: a `let`, a constant, a list, a property of one, or a place somewhere.
    mutating func check(path: [StepSyntax], _ range: SourceRange) -> CheckedExpression? {
        if path.count == 1, let binding = scope.use(path[0].text), binding.path == nil {
            for read in binding.reads { scope.read(read.field, at: read.range) }
            guard let value = binding.value else { return nil }
            return CheckedExpression(value.form, range, value.weight)
        }
        if scope.binding(named: path[0].text) == nil {
            if path.count == 1, let constant = constants[path[0].text] {
                return constant.map { CheckedExpression($0.form, range, $0.weight) }
            }
            if path[0].text == "list", !isRecordRoot("list") {
                return check(list: path, range)
            }
        }
        guard let field = field(path, range) else { return nil }
        return read(field, range)
    }

    /// A field as a value.
    mutating func read(_ field: FieldIndex, _ range: SourceRange) -> CheckedExpression {
        let types = catalog.fields[field].valueTypes
        if !types.isEmpty || catalog.fields[field].mayBeArray { scope.read(field, at: range) }
        return CheckedExpression(.value(.field(field), types), range, Weight())
    }

    /// Finds the place that a path means; `nil` if that was reported.
    mutating func field(_ path: [StepSyntax], _ range: SourceRange) -> FieldIndex? {
        guard let bound = bind(path) else { return nil }
        return field(bound, path, range)
    }

    /// Finds the place of a bound path; the syntax says where to point at.
    mutating func field(
        _ bound: BoundPath, _ path: [StepSyntax], _ range: SourceRange
    ) -> FieldIndex? {
        if isWholeRecord(bound) {
            report(
                .notAValue, "'\(bound.written)' is the whole record",
                expected: "one of its properties, such as \(bound.written).id", at: range)
            return nil
        }
        do throws(FieldCatalog.Failure) {
            let field = try catalog.resolve(bound)
            if case .record = bound.root { noteMissingSchema(at: range) }
            return field
        } catch {
            report(error, path, bound)
            return nil
        }
    }

    /// A path with the `let` filled in that it starts with; `nil` if that was reported.
    mutating func bind(_ path: [StepSyntax]) -> BoundPath? {
        let root = path[0]
        if let binding = scope.use(root.text) {
            if let start = binding.path { return start.appending(path.dropFirst()) }
            guard binding.value != nil, path.count > 1 else { return nil }
            report(
                .noProperties, "'\(root.text)' is not a path and has no properties",
                expected: "a 'let' of a path, or its name alone", at: path[1].range)
            return nil
        }
        if isRecordRoot(root.text) {
            return BoundPath(.record(root.text), [], written: root.text)
                .appending(path.dropFirst())
        }
        if root.text == "context" {
            return BoundPath(.context, [], written: "context").appending(path.dropFirst())
        }
        if let constant = constants[root.text], path.count > 1 {
            guard constant != nil else { return nil }
            report(
                .noProperties, "'\(root.text)' is a constant and has no properties",
                expected: "its name alone", at: path[1].range)
            return nil
        }
        reportUnknownRoot(path)
        return nil
    }

    func isRecordRoot(_ name: String) -> Bool {
        catalog.layout.roots.contains { $0.name == name }
    }

    func isWholeRecord(_ path: BoundPath) -> Bool {
        guard case .record(let name) = path.root, path.steps.isEmpty else { return false }
        return catalog.layout.roots.contains { $0.name == name && $0.path.isEmpty }
    }

    /// Whether a path is all of the record or the context: no value, but the start of others.
    func isWhole(_ path: BoundPath) -> Bool {
        isWholeRecord(path) || (path.root == .context && path.steps.isEmpty)
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
        _ failure: FieldCatalog.Failure, _ path: [StepSyntax], _ bound: BoundPath
    ) {
        /// Steps of a `let` have no place here; its use stands for them.
        func range(_ step: Int) -> SourceRange {
            path[max(0, step + path.count - bound.steps.count)].range
        }
        switch failure {
        case .unknownContext where bound.steps.isEmpty:
            report(
                .notAValue, "'\(path[0].text)' is no value by itself",
                expected: "a part of it, such as context.event_time", at: path[0].range)
        case .unknownContext(let suggestion):
            let place = path.count > 1 ? path[1].range : path[0].range
            report(
                .unknownField, "the context has no such value",
                expected: suggestion == nil
                    ? Self.listing(RuleContext.allCases.map(\.rawValue)) : nil,
                suggestion: suggestion, at: place)
        case .unknownField(let step, let parent, let names):
            let written = step < 0 ? "" : bound.steps[step].property ?? ""
            let suggestion = written.isEmpty ? nil : near(to: written, among: names)
            let holder = isRecord(bound) ? "the record schema" : "the function's declaration"
            report(
                .unknownField, "\(holder) knows no such property of \(parent)",
                expected: suggestion == nil ? Self.listing(names) : nil,
                suggestion: suggestion, at: range(step))
        case .noProperties(let step, let parent, let types):
            report(
                .noProperties, "'\(parent)' is \(types.words) and has no properties",
                expected: types.contains(.array)
                    ? "the position of an element first, as in \(parent)[0]" : nil,
                at: range(step))
        case .noElements(let step, let parent, let types):
            report(
                .noProperties, "'\(parent)' is \(types.words) and has no elements",
                at: range(step))
        }
    }

    private func isRecord(_ path: BoundPath) -> Bool {
        guard case .record = path.root else { return false }
        return true
    }

    /// Names to choose from, unless they are many.
    static func listing(_ names: [String]) -> String {
        guard names.count <= 8 else { return "a property that the schema names" }
        return "one of " + names.joined(separator: ", ")
    }

    private mutating func reportUnknownRoot(_ path: [StepSyntax]) {
        let root = path[0]
        if root.text == "plugin" {
            return report(
                .notAValue, "a plugin's function is called with brackets",
                expected: "plugin.name.function(argument: value)", at: root.range)
        }
        let roots = catalog.layout.roots.map(\.name)
        if laterConstants.contains(root.text) {
            return report(
                .unknownName, "the 'const \(root.text)' stands below",
                expected: "it above the constants that use it", at: root.range)
        }
        if collector.isFull {
            return report(.unknownName, "unknown name '\(root.text)'", at: root.range)
        }
        let names =
            scope.letNames + constants.keys.sorted() + roots + ["context", "list", "plugin"]
        let suggestion = near(to: root.text, among: names)
        // That one is used, if not by its name.
        if let suggestion { _ = scope.use(suggestion) }
        report(
            .unknownName, "unknown name '\(root.text)'",
            expected:
                "a 'let' from above, a 'const', or a path from \(roots.joined(separator: ", "))",
            suggestion: suggestion, at: root.range)
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
