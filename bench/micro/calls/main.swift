import ArkaModel
import ArkaResilience

// What a call costs that is answered from the cache: `arka-callbench [CALLS] [QUESTIONS]`.
//
// Prints nanoseconds per call, wall time, the least of five rounds. Under callgrind the difference of
// two runs over the difference of their calls is instructions per call; allocations likewise under
// memcheck (`total heap usage`).

let calls = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000_000
let questions = CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 10_000
let rounds = calls >= 100_000 ? 5 : 1

let signature = FunctionSignature(
    plugin: "sanctions_list", name: "check_sanctions", kind: .dataSource,
    parameters: [.init("entity"), .init("kind"), .init("lists")])
let shape = CallKeyShape(signature, configurationVersion: "8f2b61c09d3e4a57", seed: 42)
let entities = (0..<questions).map { Array("customer-\($0 &* 7_919 % 1_000_003)-ACME Ltd".utf8) }
let kind = Array("company".utf8)
let lists = Array(#"["OFAC","UN","EU"]"#.utf8)

/// The key of a question: about 100 bytes, as of the guide's first plugin.
@inline(never)
func makeKey(_ number: Int, with writer: inout CallKeyWriter) -> CallKey {
    let (entity, kind, lists) = (entities[number], kind, lists)
    writer.begin()
    writer.add(0, text: entity.span)
    writer.add(1, text: kind.span)
    writer.add(2, document: lists.span)
    return writer.finish()
}

/// The least time of a round, in nanoseconds per call.
func measure(_ name: String, _ body: (Int) -> Void) {
    var least = Double.infinity
    for _ in 0..<rounds {
        let time = ContinuousClock().measure {
            for call in 0..<calls { body(call) }
        }
        least = min(least, time / .nanoseconds(1) / Double(calls))
    }
    let tenths = Int(least * 10)
    print("\(name): \(tenths / 10).\(tenths % 10) ns")
}

final class Answer: Sendable {
    let isMatch: Bool

    init(isMatch: Bool) {
        self.isMatch = isMatch
    }
}

var writer = CallKeyWriter(shape)
var policy = CallPolicy(function: signature.path)
policy.cacheTTL = .seconds(3600)
var machine = CallMachine<Answer>(policy, at: .zero)
for number in 0..<questions {
    let key = makeKey(number, with: &writer)
    _ = machine.start(CallID(UInt64(number)), key: key, budgetEnd: nil, at: .zero)
    var actions: [CallAction<Answer>] = []
    machine.advance(to: .zero, into: &actions)
    for case .dispatch(let dispatch) in actions {
        var more: [CallAction<Answer>] = []
        let result = CallResult.success(Answer(isMatch: number % 2 == 0), bytes: 32)
        machine.ended(dispatch.id, with: .results([result]), at: .zero, into: &more)
    }
}

var matches = 0
var length = 0
measure("key, \(makeKey(0, with: &writer).bytes.count) bytes") { call in
    length += makeKey(call % questions, with: &writer).bytes.count
}
measure("key and answer from the cache, one time for all") { call in
    let key = makeKey(call % questions, with: &writer)
    let started = machine.start(
        CallID(UInt64(questions + call)), key: key, budgetEnd: nil, at: .seconds(1))
    if case .ended(.answered(let answer, _)) = started, answer.isMatch { matches += 1 }
}
let expected = (0..<calls).count { $0 % questions % 2 == 0 } * rounds
precondition(matches == expected && length > 0, "each call was answered from the cache")
