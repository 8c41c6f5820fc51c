import ArkaEvaluate
import ArkaModel
import ArkaRules
import ArkaStream
import Testing

/// Batches of every size, and records of every size.
struct BatchTests {
    private static func engine(_ path: KernelPath) -> Engine {
        Engine(
            BookBuilder.one { $0.leaf(.number($0.field("n"), .equal, ExactDecimal(1))) },
            options: EvaluationOptions(kernels: path))
    }

    @Test(arguments: KernelPath.available)
    func `a batch of any size has one outcome a row`(_ path: KernelPath) {
        let engine = Self.engine(path)
        // Large ones first, so that what they leave behind would show in small ones.
        for count in [256, 0, 255, 1, 129, 128, 127, 65, 64, 63, 2, 256, 1] {
            let fired = (0..<count).map { ($0 * 7 + count) % 3 == 0 }
            let results = engine.evaluate(fired.map { Array("{\"n\":\($0 ? 1 : 2)}".utf8) })
            #expect(results.map { $0.fired.count == 1 } == fired)
            #expect(engine.evaluator.ruleFires == [fired.count { $0 }])
            #expect(engine.evaluator.firedRules == (fired.contains(true) ? [0] : []))
            #expect(
                engine.evaluator.statusCounts == [fired.count { !$0 }, fired.count { $0 }, 0, 0])
        }
    }

    @Test func `dead letters, tombstones and decisions keep their rows`() {
        let engine = Self.engine(.best)
        let kinds: [[UInt8]?] = [
            Array("{\"n\":1}".utf8), nil, [], Array("{".utf8), Array("{}".utf8),
        ]
        let payloads = (0..<256).map { kinds[$0 % kinds.count] }
        for (row, result) in engine.evaluate(payloads).enumerated() {
            switch row % kinds.count {
            case 0: #expect(result.fired == ["rule_0"])
            case 1: #expect(result == .skipped)
            case 2: #expect(result.code == .emptyPayload)
            case 3: #expect(result.code == .malformedJSON)
            default: #expect(result.unknown == ["rule_0 absent"])
            }
        }
        #expect(engine.batch.deadLetters.count == 102)
    }

    @Test(arguments: KernelPath.available)
    func `a message cut off anywhere is a dead letter`(_ path: KernelPath) throws {
        let engine = Engine(try Place.workloadBook(10), options: EvaluationOptions(kernels: path))
        for message in try Place.messages(3) {
            let cuts = (0..<message.count).map { Array(message[..<$0]) }
            for start in stride(from: 0, to: cuts.count, by: 256) {
                let part = Array(cuts[start..<min(start + 256, cuts.count)])
                for (cut, result) in zip(part, engine.evaluate(part)) {
                    // A character may be cut in two.
                    let isText = String(validating: cut, as: UTF8.self) != nil
                    let code = isText ? DeadLetterCode.malformedJSON : .invalidUTF8
                    #expect(result.code == (cut.isEmpty ? .emptyPayload : code))
                }
            }
        }
    }

    @Test(arguments: KernelPath.available)
    func `nesting is bounded and 10,000 levels are a dead letter`(_ path: KernelPath) {
        let engine = Self.engine(path)
        for (open, close) in [("[", "]"), ("{\"n\":", "}")] {
            func nested(_ depth: Int) -> String {
                "{\"x\":" + String(repeating: open, count: depth) + "1"
                    + String(repeating: close, count: depth) + "}"
            }
            #expect(engine.evaluate(nested(511)).isAccepted)
            #expect(engine.evaluate(nested(512)).code == .nestedTooDeep)
            #expect(engine.evaluate(nested(10_000)).code == .nestedTooDeep)
            #expect(engine.evaluate("{\"n\":1}").fired.count == 1)
        }
    }

    @Test(arguments: KernelPath.available)
    func `a record of 20 MB is decided`(_ path: KernelPath) {
        let engine = Self.engine(path)
        let megabytes = String(repeating: "20 MB \\\" é ", count: 1_700_000)
        let text = "{\"x\":\"\(megabytes)\",\"n\":1}"
        #expect(text.utf8.count > 20_000_000)
        #expect(engine.evaluate(text).fired == ["rule_0"])
        #expect(engine.evaluate(String(text.dropLast())).code == .malformedJSON)
        #expect(engine.evaluate("{\"n\":1}").fired == ["rule_0"])
    }

    @Test func `a large record of many small values is decided`() {
        let engine = Self.engine(.best)
        let filler = String(
            repeating: "\"a \\\" b\",\"\",{\"k\":\"é\"},[1,2.5,null], ", count: 20_000)
        #expect(engine.evaluate("{\"x\":[\(filler)0],\"n\":1}").fired == ["rule_0"])
        let quotes = "{\"x\":[" + String(repeating: "\"\",", count: 500_000) + "0]}"
        #expect(engine.evaluate(quotes).isAccepted)
        #expect(engine.evaluate("{\"n\":1}").fired == ["rule_0"])
    }

    @Test func `a batch evaluated twice is refused`() async {
        await #expect(processExitsWith: .failure) {
            let plan = EvaluationPlan(
                book: RuleBook(fields: [], predicates: [], rules: []), layout: RecordLayout(),
                rulebookName: "", rulebookDigest: "")
            let evaluator = BatchEvaluator(plan: plan)
            let batch = RecordBatch()
            batch.append(payload: nil, key: nil, partition: 0, offset: 0, timestamp: 0)
            evaluator.evaluate(batch, origin: .topic("t"), evaluatedAt: 0)
            evaluator.evaluate(batch, origin: .topic("t"), evaluatedAt: 0)
        }
    }
}
