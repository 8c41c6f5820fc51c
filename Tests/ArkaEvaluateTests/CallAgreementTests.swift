import ArkaEvaluate
import ArkaModel
import ArkaRules
import ArkaStream
import Foundation
import RandomRules
import Testing

/// Goal: rules that call functions decide as the interpreter does, and make exactly its calls, whether
/// answers come at once or later. Method: random books, records and answers, each book with and without
/// an index; with none, half and all of the answers pending at first; byte for byte.
///
/// 20,000 pairs of book and transaction, four times each; `ARKA_BOOKS` is ten times a factor on them.
struct CallAgreementTests {
    private static let bookCount =
        100
        * max(1, (ProcessInfo.processInfo.environment["ARKA_BOOKS"].flatMap { Int($0) } ?? 1) / 10)
    private static let transactionCount = 200

    private static let layout = RecordLayout(
        roots: [RecordLayout.Root(name: "transaction", path: [])], idPath: ["b"],
        eventTimePath: ["t"])
    private static let functions = FunctionTable([
        FunctionSignature(
            plugin: "p", name: "look", kind: .dataSource, parameters: [.init("key")]),
        FunctionSignature(
            plugin: "p", name: "find", kind: .enrichment,
            parameters: [.init("key"), .init("more", isRequired: false)]),
        FunctionSignature(
            plugin: "p", name: "act", kind: .action,
            parameters: [.init("what"), .init("how", isRequired: false)]),
    ])
    private static let inputs = RuleInputs(
        layout: layout, onUnknown: .review, functions: functions,
        listFile: { path, _ in
            let text = path == "texts.txt" ? "x\ny1\n2026-01-31\n" : "1\n2.0\n-7\n"
            return .success(SourceText(name: path, text: text))
        })

    private static func source(_ rules: [String]) -> SourceText {
        SourceText(name: "random.pact", text: RuleGenerator.declarations + rules.joined())
    }

    private struct Coverage {
        var callCount = 0
        var callingRecords = 0
        var waits = 0
        var causes: Set<UnknownCause> = []
        var firedWithCalls = 0
        var longestWait = 0
    }

    @Test(arguments: 0..<4)
    func `random books with calls decide and call as the interpreter does`(share: Int) throws {
        var coverage = Coverage()
        for seed in stride(from: share, to: Self.bookCount, by: 4) {
            var generator = RuleGenerator(seed: UInt64(seed) &+ 77_000)
            generator.callOdds = 2 + seed % 5
            let texts = (0..<6).map { Self.withFate(generator.rule(named: "r\($0)"), &generator) }
                .filter { compileRules([Self.source([$0])], Self.inputs).book != nil }
            if let difference = try compare(seed, texts, &generator, &coverage) {
                Issue.record("seed \(seed): \(difference)\n\(texts.joined())")
                return
            }
        }
        // What never occurs was not tested.
        #expect(coverage.callCount > Self.bookCount * 25, "\(coverage)")
        #expect(coverage.firedWithCalls > Self.bookCount / 4)
        #expect(coverage.longestWait > 2)
        #expect(coverage.causes.isSuperset(of: UnknownCause.ofCalls))
    }

    private static func withFate(_ rule: String, _ generator: inout RuleGenerator) -> String {
        let fate = ["review", "flag", "reject", "ignore"][generator.roll(4)]
        return rule.replacing(
            " {\n    when", with: "(on_unknown: \(fate)) {\n    when", maxReplacements: 1)
    }

    /// What a question is answered with: the same wherever it is asked.
    private static func answer(_ question: SeededDesk.Question, _ salt: UInt64) -> CallAnswer {
        let hash = question.utf8.reduce(salt) { ($0 &* 31) &+ UInt64($1) }
        var generator = RuleGenerator(seed: hash)
        let answer = generator.answer()
        guard case .value(let value) = answer else { return answer }
        return .value(value == .duplicate ? .null : value.possible)
    }

    private static func settled(_ question: SeededDesk.Question, _ salt: UInt64) -> SettledCall {
        switch answer(question, salt) {
        case .unknown(let cause):
            return SettledCall(
                .unknown(cause), CallTrace(outcome: cause.word, error: "no \"\(salt)\""))
        case .value(let value):
            var writer = RecordText(seed: salt)
            let reply = CallReply(
                json: writer.bytes(of: value), warnings: salt % 3 == 0 ? ["w\n"] : [])
            return SettledCall(
                .answer(reply), CallTrace(outcome: "cached", age: .milliseconds(salt % 1000)))
        }
    }

    private struct Run {
        var decisions: [RowResult]
        var asked: [Int: [SeededDesk.Question]]
        var batches: Int
    }

    private func compare(
        _ seed: Int, _ texts: [String], _ generator: inout RuleGenerator,
        _ coverage: inout Coverage
    ) throws -> String? {
        let source = Self.source(texts)
        let book = try #require(compileRules([source], Self.inputs).book)
        let interpreter = try #require(RuleInterpreter([source], Self.inputs))
        let salt = UInt64(seed)
        let records = (0..<Self.transactionCount).map { _ in generator.inputs().record.possible }
        var writer = RecordText(seed: salt)
        let payloads = records.map { writer.bytes(of: $0) }
        let (atOnce, engine) = run(book, payloads, seed, 0, isIndexed: false)
        for row in records.indices {
            let inputs = RecordInputs(
                records[row], context: engine.context(of: records[row], offset: row))
            var asked: [SeededDesk.Question] = []
            let decided = interpreter.decide(inputs) { requests in
                asked += requests.map(\.text)
                return requests.map { Self.answer($0.text, salt) }
            }
            coverage.callCount += asked.count
            let difference =
                differs(atOnce.decisions[row], decided, &coverage)
                ?? differs(atOnce.asked[row, default: []], asked)
            if let difference {
                let told = asked.map { "\($0) = \(Self.answer($0, salt))" }.joined(separator: "\n")
                return "\(difference)\n\(String(decoding: payloads[row], as: UTF8.self))\n\(told)"
            }
        }
        for (percent, isIndexed) in [(0, true), (50, seed % 2 == 0), (100, seed % 2 == 1)] {
            let (later, _) = run(book, payloads, seed, percent, isIndexed: isIndexed)
            coverage.longestWait = max(coverage.longestWait, later.batches)
            for row in records.indices {
                // Not one byte depends on when answers come.
                if later.decisions[row] != atOnce.decisions[row] {
                    return "\(later.decisions[row]) with \(percent) % pending, "
                        + "\(atOnce.decisions[row]) at once; asked \(later.asked[row, default: []]) and "
                        + "\(atOnce.asked[row, default: []])"
                }
                if let difference = differs(
                    later.asked[row, default: []], atOnce.asked[row, default: []])
                {
                    return "\(percent) % pending: \(difference)"
                }
            }
        }
        return nil
    }

    /// The same calls, none twice. (A number out of range and null are different values to the
    /// interpreter, which has no text for the one but that of the other.)
    private func differs(
        _ asked: [SeededDesk.Question], _ wanted: [SeededDesk.Question]
    ) -> String? {
        Set(asked) == Set(wanted) && Set(asked).count == asked.count
            ? nil : "asked \(asked), not \(wanted)"
    }

    /// Decides all records, those that wait in batches of their own.
    private func run(
        _ book: RuleBook, _ payloads: [[UInt8]], _ seed: Int, _ percent: Int, isIndexed: Bool
    ) -> (Run, Engine) {
        let salt = UInt64(seed)
        let desk = SeededDesk(book.calls, pendingPercent: percent, seed: salt) {
            Self.settled($0, salt)
        }
        let engine = Engine(
            book, layout: Self.layout,
            options: EvaluationOptions(
                kernels: KernelPath.available[seed % KernelPath.available.count],
                isIndexed: isIndexed),
            jurisdiction: seed % 3 == 0 ? "x" : nil, desk: desk)
        var decisions = [RowResult](repeating: .skipped, count: payloads.count)
        var rows = Array(payloads.indices)
        var batches = 0
        while !rows.isEmpty {
            desk.begin(rows)
            batches += 1
            let results = engine.evaluate(rows.map { (Int64($0), payloads[$0]) })
            var waiting: [Int] = []
            for (row, result) in zip(rows, results) {
                if case .waiting(row) = result {
                    waiting.append(row)
                } else {
                    decisions[row] = result
                }
            }
            rows = waiting
        }
        return (Run(decisions: decisions, asked: desk.asked, batches: batches), engine)
    }

    /// Status, actions with all that they say, unknown rules with their causes.
    private func differs(
        _ result: RowResult, _ decided: DecidedTransaction, _ coverage: inout Coverage
    ) -> String? {
        let decision = RecordValue(result)
        guard result.status == decided.status else { return "\(decided.status) but \(result)" }
        let actions = decision["actions"].elements
        guard actions.count == decided.actions.count else { return "\(decided) but \(result)" }
        for (action, expected) in zip(actions, decided.actions) {
            let isSame =
                action["rule"].plainText == expected.rule
                && action["action"].plainText == expected.name
                && action["reason"].jsonText == (expected.reason ?? .null).jsonText
                && action["details"].jsonText == (expected.details ?? .null).jsonText
            if !isSame { return "\(expected) but \(result)" }
        }
        let unknown = decision["unknown"].elements
        guard unknown.count == decided.unknown.count else { return "\(decided) but \(result)" }
        for (entry, expected) in zip(unknown, decided.unknown) {
            let isSame =
                entry["rule"].plainText == expected.rule
                && entry["cause"].plainText == expected.cause?.word
                && entry["error"].plainText.hasPrefix(expected.field ?? "")
            if !isSame { return "\(expected) but \(result)" }
        }
        coverage.causes.formUnion(decided.unknown.compactMap(\.cause))
        if !decided.calls.isEmpty, !decided.fired.isEmpty { coverage.firedWithCalls += 1 }
        let calls = decision["calls"].elements
        guard calls.count == Set(decided.calls.map(\.request.text)).count else {
            return "\(decided.calls) but \(result)"
        }
        let isDegraded = decided.calls.contains { call in
            guard case .unknown = call.answer else { return false }
            return true
        }
        guard (decision["degraded"] == .boolean(true)) == isDegraded else {
            return "degraded \(isDegraded) but \(result)"
        }
        return nil
    }
}
