import ArkaDocuments
import ArkaModel
import ArkaRules

/// Reads a file of rule tests. The rules that it tests are not looked at.
/// - Parameters:
///   - path: A document of `kind: RuleTests`; paths in it are relative to its directory.
///   - files: How files are read.
/// - Returns: The tests, or everything that is wrong with the document at once. Tests are the same
///   everywhere: `${NAME}` has no values here.
public func loadRuleTests(path: String, files: FileAccess) -> Loaded<RuleTestFile> {
    switch readDocument(.ruleTests, path: path, inputs: DocumentInputs(), files: files) {
    case .failure(let refusal): return Loaded(nil, [refusal.diagnostic])
    case .success(let result):
        guard let document = result.document else { return Loaded(nil, result.diagnostics) }
        var reader = RuleTestReader(document, DocumentFolder(of: path, files: files))
        let file = reader.file(path)
        return Loaded(file, inOrder(result.diagnostics + reader.diagnostics, first: path))
    }
}

/// Turns a document of rule tests into tests.
private struct RuleTestReader {
    private let document: Document<RuleTestsDraft>
    private let folder: DocumentFolder
    private var mocks = MockReader()
    private var own: [Diagnostic] = []

    var diagnostics: [Diagnostic] { own + mocks.diagnostics }

    init(_ document: Document<RuleTestsDraft>, _ folder: DocumentFolder) {
        self.document = document
        self.folder = folder
    }

    mutating func file(_ path: String) -> RuleTestFile {
        RuleTestFile(
            name: document.name, path: path, rules: rules(),
            tests: document.spec.tests.indices.map { test($0) })
    }

    private mutating func rules() -> TestedRules {
        let spec = document.spec
        if let topology = spec.topology {
            for key in ["rules", "schema", "functions", "on_unknown"] {
                guard let place = document.places[key] else { continue }
                report(
                    .configConflict, "a topology brings its own '\(key)'",
                    expected: "'topology' alone, or 'rules' and what belongs to them", place)
            }
            return .topology(folder.path(topology))
        }
        guard !spec.rules.isEmpty else { return .nearestTopology }
        return .files(
            RuleFileSet(
                rules: paths(spec.rules, "rules"), schema: spec.schema.map(folder.path),
                functions: paths(spec.functions, "functions"), onUnknown: spec.onUnknown))
    }

    private mutating func paths(_ written: [String], _ key: String) -> [String] {
        var found: [String] = []
        for (index, path) in written.enumerated() {
            switch folder.paths(NamedPath(path, at: "\(key)[\(index)]", in: document)) {
            case .success(let paths): found += paths.filter { !found.contains($0) }
            case .failure(let refusal): own.append(refusal.diagnostic)
            }
        }
        return found
    }

    // MARK: Tests

    private mutating func test(_ index: Int) -> RuleTest {
        let draft = document.spec.tests[index]
        let path = "tests[\(index)]"
        return RuleTest(
            name: draft.name, place: document.place(of: path),
            transaction: transaction(draft, path), mocks: mocks.mocks(draft.mocks),
            expectation: expectation(draft.expect, path + ".expect"))
    }

    private mutating func transaction(
        _ draft: RuleTestsDraft.Test, _ path: String
    ) -> TestedTransaction {
        var surroundings = draft.context.surroundings
        surroundings.timestamp = surroundings.timestamp ?? document.spec.clock
        switch (draft.transaction, draft.record) {
        case (let node?, nil):
            if case .mapping = node.kind {
            } else {
                report(
                    .configRuleTest, "a transaction is a mapping",
                    expected: "the members of a record; 'record' takes any text", node.place)
            }
            return TestedTransaction(
                bytes: jsonBytes(node), value: RecordValue(node), surroundings: surroundings)
        case (nil, let text?):
            let value = readRecord(SourceText(name: "record", text: text)).value
            return TestedTransaction(
                bytes: Array(text.utf8), value: value, surroundings: surroundings)
        default:
            report(
                .configConflict, "the test '\(shown(draft.name))' has no one transaction",
                expected: "either 'transaction' or 'record'", document.place(of: path))
            return TestedTransaction(bytes: [], value: nil, surroundings: surroundings)
        }
    }

    private mutating func expectation(
        _ draft: RuleTestsDraft.Expect, _ path: String
    ) -> RuleExpectation {
        let expectation = RuleExpectation(
            status: placed(draft.status, path + ".status"),
            rules: list(draft.rules, path + ".rules") { rule, _ in rule },
            actions: list(draft.actions, path + ".actions") { action, mocks in
                RuleExpectation.Action(
                    rule: action.rule, name: action.name,
                    reason: action.reason.map { RecordValue($0) },
                    details: action.details.map { RecordValue($0) },
                    arguments: mocks.arguments(action.arguments))
            },
            calls: list(draft.calls, path + ".calls") { call, mocks in
                RuleExpectation.Call(
                    function: call.function, arguments: mocks.arguments(call.arguments))
            },
            unknown: list(draft.unknown, path + ".unknown") { unknown, _ in
                RuleExpectation.Unknown(rule: unknown.rule, cause: unknown.cause)
            },
            deadLetter: placed(
                draft.deadLetter.map { RuleExpectation.DeadLetter(code: $0.code, path: $0.path) },
                path + ".dead_letter"))
        checkSaysSomething(expectation, path)
        return expectation
    }

    private func placed<Value>(_ value: Value?, _ path: String) -> Placed<Value>? {
        value.map { Placed($0, at: document.place(of: path)) }
    }

    private mutating func list<Draft, Value>(
        _ drafts: [Draft]?, _ path: String, _ make: (Draft, inout MockReader) -> Value
    ) -> Placed<[Placed<Value>]>? {
        guard let drafts else { return nil }
        let values = drafts.enumerated().map { index, draft in
            Placed(make(draft, &mocks), at: document.place(of: "\(path)[\(index)]"))
        }
        return Placed(values, at: document.place(of: path))
    }

    /// A test that expects nothing would never fail.
    private mutating func checkSaysSomething(_ expectation: RuleExpectation, _ path: String) {
        let decides =
            expectation.status != nil || expectation.rules != nil || expectation.actions != nil
            || expectation.calls != nil || expectation.unknown != nil
        if !decides, expectation.deadLetter == nil {
            report(
                .configRuleTest, "the test expects nothing",
                expected: "one of status, rules, actions, calls, unknown, dead_letter",
                document.place(of: path))
        } else if decides, let letter = expectation.deadLetter {
            report(
                .configConflict, "a dead letter is not decided",
                expected: "'dead_letter' alone", letter.place)
        }
    }

    private mutating func report(
        _ code: DiagnosticCode, _ message: String, expected: String, _ place: SourcePlace
    ) {
        own.append(Diagnostic(code, message, expected: expected, at: place))
    }
}

extension ContextDraft {
    /// What the engine would know, as far as the document says.
    var surroundings: TestedSurroundings {
        TestedSurroundings(
            timestamp: eventTime, jurisdiction: jurisdiction, topic: topic, partition: partition,
            offset: offset)
    }
}
