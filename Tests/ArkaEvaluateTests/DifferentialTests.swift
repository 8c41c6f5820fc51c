import ArkaEvaluate
import ArkaModel
import ArkaRules
import ArkaStream
import Foundation
import Testing

/// The engine against the tests' own decoder and evaluator, byte for byte.
///
/// Messages of the workload are bent at random; each is decided by both, under several rule books
/// and schemas, on every set of instructions that the machine has. `ARKA_FUZZ_ITERATIONS` says how
/// many messages (100,000 for a long run); the seed is printed with each difference.
struct DifferentialTests {
    static let iterations =
        ProcessInfo.processInfo.environment["ARKA_FUZZ_ITERATIONS"].flatMap { Int($0) } ?? 2500

    struct Setup: CustomTestStringConvertible, Sendable {
        let name: String
        let book: RuleBook
        let layout: RecordLayout
        var testDescription: String { name }
    }

    static func setups() throws -> [Setup] {
        let open = RecordLayout(eventTimePath: ["timestamp"])
        let closed = RecordLayout(schema: .workload, eventTimePath: ["timestamp"])
        return [
            Setup(name: "rules-10", book: try Place.workloadBook(10), layout: open),
            Setup(
                name: "rules-100 and a schema", book: try Place.workloadBook(100), layout: closed),
            Setup(name: "random 1", book: RandomBook.make(seed: 1, rules: 12), layout: open),
            Setup(name: "random 2", book: RandomBook.make(seed: 2, rules: 12), layout: closed),
            Setup(
                name: "random 3", book: RandomBook.make(seed: 3, rules: 40),
                layout: RecordLayout(idPath: ["sender", "id"])),
        ]
    }

    @Test(arguments: try setups())
    func `unchanged messages are decided as by the tree walk`(_ setup: Setup) throws {
        let messages = try Place.messages(128)
        for isIndexed in [false, true] {
            let options = EvaluationOptions(isIndexed: isIndexed)
            compare(
                Engine(setup.book, layout: setup.layout, options: options), messages, "unchanged")
        }
    }

    @Test(arguments: try setups())
    func `bent messages are decided as by the tree walk`(_ setup: Setup) throws {
        let messages = try Place.messages(2000)
        let seed = UInt64(setup.name.utf8.reduce(7) { $0 &* 31 &+ Int($1) })
        var mutator = MessageMutator(random: Seeded(seed))
        let engines = KernelPath.available.flatMap { path in
            [false, true].map { isIndexed in
                Engine(
                    setup.book, layout: setup.layout,
                    options: EvaluationOptions(kernels: path, isIndexed: isIndexed),
                    jurisdiction: isIndexed ? "EU" : nil)
            }
        }
        var left = Self.iterations / 5
        while left > 0 {
            let count = min(left, 1 + mutator.random.below(RecordBatch.capacity))
            left -= count
            let payloads = (0..<count).map { _ in mutator.mutate(mutator.random.pick(messages)) }
            compare(mutator.random.pick(engines), payloads, "seed \(seed)")
        }
    }

    @Test(arguments: 0..<30)
    func `random books are evaluated as by the tree walk`(_ seed: Int) throws {
        var mutator = MessageMutator(random: Seeded(UInt64(seed) + 1000))
        let layout = RecordLayout(
            schema: seed % 3 == 0 ? .workload : .any,
            eventTimePath: seed % 2 == 0 ? ["timestamp"] : nil)
        let engine = Engine(
            RandomBook.make(seed: UInt64(seed) + 50, rules: 15), layout: layout,
            options: EvaluationOptions(isIndexed: seed % 4 < 2))
        let messages = try Place.messages(300)
        let payloads = (0..<(Self.iterations / 100)).map { _ in
            mutator.mutate(mutator.random.pick(messages))
        }
        for start in stride(from: 0, to: payloads.count, by: 100) {
            compare(
                engine, Array(payloads[start..<min(start + 100, payloads.count)]), "seed \(seed)")
        }
    }

    private func compare(_ engine: Engine, _ payloads: [[UInt8]], _ what: String) {
        let results = engine.evaluate(payloads)
        #expect(results.count == payloads.count)
        for (index, (result, payload)) in zip(results, payloads).enumerated() {
            let expected = engine.expected(payload, offset: Int64(index))
            if !result.agrees(with: expected) {
                Issue.record(
                    """
                    \(what), row \(index)
                    got      \(result)
                    expected \(expected)
                    message  \(String(decoding: payload, as: UTF8.self))
                    """)
                return
            }
        }
    }
}
