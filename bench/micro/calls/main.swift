import ArkaModel
import ArkaResilience

// What a call costs that is answered from the cache, by the machine alone and through a lane's desk,
// and one that a batch function in the process answers: `arka-callbench [ROUNDS] [QUESTIONS]
// [uncached|direct]`, with `uncached` only the latter, with `direct` only those answered on the spot.
//
// Prints nanoseconds per call, wall time, the least and the middle of rounds of 10,000 calls: rounds so
// short that on a busy machine some are left alone. Under callgrind the difference of two runs over
// that of their calls is instructions per call; allocations likewise under memcheck.

let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 300
let questions = CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 10_000
let callsPerRound = 10_000

let signature = FunctionSignature(
    plugin: "sanctions_list", name: "check_sanctions", kind: .dataSource,
    parameters: [.init("entity"), .init("kind"), .init("lists")])
let shape = CallKeyShape(signature, configurationVersion: "8f2b61c09d3e4a57", seed: 42)

final class Answer: Sendable {
    let isMatch: Bool

    init(isMatch: Bool) {
        self.isMatch = isMatch
    }
}

/// A machine whose cache holds the answers to all questions. A local of a function, since globals are
/// guarded against overlapping access at every use, which is not what is measured.
struct Bench {
    var writer = CallKeyWriter(shape)
    var machine: CallMachine<Answer>
    let entities: [[UInt8]]
    let kind = Array("company".utf8)
    let lists = Array(#"["OFAC","UN","EU"]"#.utf8)

    init(questions: Int) {
        var policy = CallPolicy(function: signature.path)
        policy.cacheTTL = .seconds(3600)
        machine = CallMachine(policy, at: .zero)
        entities = (0..<questions).map { number in
            Array("customer-\(number &* 7_919 % 1_000_003)-ACME Ltd".utf8)
        }
        for number in 0..<questions { ask(number) }
    }

    /// The key of a question, as of the guide's first plugin.
    @inline(never)
    mutating func key(_ number: Int) -> CallKey {
        let (entity, kind, lists) = (entities[number], kind, lists)
        writer.begin()
        writer.add(0, text: entity.span)
        writer.add(1, text: kind.span)
        writer.add(2, document: lists.span)
        return writer.finish()
    }

    mutating func ask(_ number: Int) {
        let key = key(number)
        _ = machine.start(CallID(UInt64(number)), key: key, budgetEnd: nil, at: .zero)
        var actions: [CallAction<Answer>] = []
        machine.advance(to: .zero, into: &actions)
        for case .dispatch(let dispatch) in actions {
            var more: [CallAction<Answer>] = []
            let result = CallResult.success(Answer(isMatch: number % 2 == 0), bytes: 32)
            machine.ended(dispatch.id, with: .results([result]), at: .zero, into: &more)
        }
    }

    /// Returns whether the cache knows a match.
    @inline(never)
    mutating func call(_ number: Int) -> Bool {
        let key = key(number)
        let started = machine.start(CallID(0), key: key, budgetEnd: nil, at: .seconds(1))
        guard case .ended(.answered(let answer, _)) = started else {
            preconditionFailure("each call is answered from the cache")
        }
        return answer.isMatch
    }
}

let only = CommandLine.arguments.dropFirst(3).first
let isDirectOnly = only == "direct"
let isUncachedOnly = only == "uncached" || isDirectOnly

func run() {
    if !isUncachedOnly { runCached() }
    runDesk()
}

func runCached() {
    var bench = Bench(questions: questions)
    var total = 0
    measure("key of \(bench.key(0).byteCount) bytes") { total += bench.key($0).words.count }
    measure("key, and answer from the cache") { total += bench.call($0) ? 1 : 0 }
    precondition(total > 0, "what is measured is used")
}

/// Prints the least and the middle time of a round, in nanoseconds per call.
func measure(_ name: String, _ body: (Int) -> Void) {
    measure(name, callsPerRound) {
        for call in 0..<callsPerRound { body(call % questions) }
    }
}

/// The same of a body that makes a number of calls.
func measure(_ name: String, _ calls: Int, _ body: () -> Void) {
    let times = (0..<rounds).map { _ in
        Int(ContinuousClock().measure(body) / .nanoseconds(1)) / calls
    }.sorted()
    print("\(name): least \(times[0]) ns, middle \(times[rounds / 2]) ns")
}

run()
