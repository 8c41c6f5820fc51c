import ArkaModel
import RandomRules
import Testing

@testable import ArkaRules

/// Goal: making only the calls that are needed, round by round, changes nothing of what rules say.
/// Method: random books with calls, records and answers, against a walk that makes every call first;
/// and against plain evaluation where there are none.
@Suite struct DecidingPropertyTests {
    @Test(arguments: 0..<40)
    func `rules come to the same as if all calls were made first`(seed: Int) throws {
        var random = SeededRandom(state: UInt64(seed))
        var askedCount = 0
        for _ in 0..<10 {
            let text = CallRules(&random).text
            let interpreter = try #require(TestFunctions.interpreter(text), "\(text)")
            for _ in 0..<8 {
                let record = Self.record(&random)
                let salt = Int.random(in: 0..<1_000, using: &random)
                let machine = AnsweringMachine { Self.answer($0, salt) }
                let decision = machine.decide(interpreter, record)
                let all = Self.eager(interpreter, record, salt)
                #expect(decision.results == all.results, "\(text) \(record.jsonText) \(salt)")
                #expect(decision.status == all.status)
                #expect(decision.actions == all.actions)
                let asked = machine.rounds.flatMap(\.self)
                #expect(Set(asked).count == asked.count, "each call once")
                #expect(Set(asked).isSubset(of: all.calls.map(\.request)))
                #expect(decision.calls.map(\.request) == asked)
                askedCount += asked.count
            }
        }
        #expect(askedCount > 0)
    }

    @Test func `a transaction that needs no call makes none`() throws {
        var random = SeededRandom(state: 7)
        for _ in 0..<50 {
            let text = CallRules(&random, callOdds: 0).text
            let interpreter = try #require(TestFunctions.interpreter(text))
            let record = Self.record(&random)
            let machine = AnsweringMachine { _ in .unknown(.callFailed) }
            #expect(machine.decide(interpreter, record).results == interpreter.evaluate(record))
            #expect(machine.rounds == [])
        }
    }

    /// Everything after every call was made, in the order of the book.
    private static func eager(
        _ interpreter: RuleInterpreter, _ record: RecordValue, _ salt: Int
    ) -> DecidedTransaction {
        var walk = TreeWalk(
            RecordInputs(record), fields: interpreter.fields, lists: interpreter.lists)
        var made: [MadeCall] = []
        for (index, call) in interpreter.calls.enumerated() {
            var arguments: [CallRequest.Argument] = []
            var cause: UnknownCause?
            for argument in call.arguments {
                switch walk.value(of: argument.value) {
                case .known(let value): arguments.append(.init(argument.name, value))
                case .unknown(let reason): cause = cause ?? reason.cause
                }
            }
            let request = CallRequest(call.function, arguments)
            walk.answers[index] = cause.map { .unknown($0) } ?? answer(request, salt)
            made.append(MadeCall(request: request, answer: answer(request, salt)))
        }
        return interpreter.decision(walk, made)
    }

    /// Depends on nothing but the request and the salt, unlike a hash of Swift's.
    private static func answer(_ request: CallRequest, _ salt: Int) -> CallAnswer {
        let text =
            request.function.name + request.arguments.map { $0.name + $0.value.jsonText }.joined()
        var random = SeededRandom(
            state: text.utf8.reduce(UInt64(salt)) { ($0 &* 31) &+ UInt64($1) })
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return .unknown(.callFailed)
        case 1: return .unknown(.timedOut)
        default: return .value(record(&random))
        }
    }

    private static func record(_ random: inout SeededRandom) -> RecordValue {
        let numbers: [RecordValue] = [0, 1, 2, 3, nil, "x"]
        let texts: [RecordValue] = ["x", "y", "", nil, 1]
        let truths: [RecordValue] = [true, false, true, false, nil]
        var members: [[UInt8]: RecordValue] = [:]
        for (name, values) in [("n", numbers), ("m", numbers), ("s", texts), ("b", truths)] {
            guard Int.random(in: 0..<6, using: &random) > 0 else { continue }
            members[Array(name.utf8)] = values.randomElement(using: &random)
        }
        return .object(members)
    }
}

/// Random rules that call functions.
private struct CallRules {
    private(set) var text = ""
    private let callOdds: Int

    init(_ random: inout SeededRandom, callOdds: Int = 3) {
        self.callOdds = callOdds
        for index in 0..<Int.random(in: 1...4, using: &random) {
            let fate = ["review", "flag", "reject", "ignore"].randomElement(using: &random) ?? ""
            text += """
                rule r\(index)(on_unknown: \(fate)) {
                    when {
                        \(condition(3, &random))
                    }
                    then {
                        plugin.p.act(x: \(number(1, &random)))
                        require_manual_review(reason: "r", details: \(place("n", 1, &random)))
                    }
                }

                """
        }
    }

    private func condition(_ depth: Int, _ random: inout SeededRandom) -> String {
        let kinds = depth == 0 ? 5..<12 : 0..<12
        switch Int.random(in: kinds, using: &random) {
        case 0, 1:
            return "(\(condition(depth - 1, &random)) and \(condition(depth - 1, &random)))"
        case 2, 3:
            return "(\(condition(depth - 1, &random)) or \(condition(depth - 1, &random)))"
        case 4: return "not (\(condition(depth - 1, &random)))"
        case 5: return place("b", 2, &random)
        case 6: return "\(place("n", 2, &random)) is known"
        case 7: return "\(place("s", 2, &random)) in [\"x\", \"y\"]"
        case 8: return "\(place("s", 2, &random)) contains \"x\""
        case 9: return "\(number(2, &random)) / \(place("n", 1, &random)) > 1"
        default:
            let symbol = ["==", "<", ">=", "!="].randomElement(using: &random) ?? "=="
            return "\(number(2, &random)) \(symbol) \(number(2, &random))"
        }
    }

    private func number(_ depth: Int, _ random: inout SeededRandom) -> String {
        switch Int.random(in: depth == 0 ? 0..<3 : 0..<6, using: &random) {
        case 0: return "\(Int.random(in: 0...3, using: &random))"
        case 3: return "(\(number(depth - 1, &random)) + \(number(depth - 1, &random)))"
        case 4:
            return "(\(place("n", depth - 1, &random)) ?? \(place("m", depth - 1, &random)) ?? 1)"
        case 5: return "max(\(number(depth - 1, &random)), \(number(depth - 1, &random)))"
        default: return place(["n", "m"].randomElement(using: &random) ?? "n", depth, &random)
        }
    }

    /// A member of the record or of an answer, whose arguments may be answers in turn.
    private func place(
        _ member: String, _ depth: Int, _ random: inout SeededRandom
    ) -> String {
        guard depth > 0, Int.random(in: 0..<6, using: &random) < callOdds else {
            return "t.\(member)"
        }
        let function = ["f", "g", "h"].randomElement(using: &random) ?? "f"
        return "plugin.p.\(function)(a: \(number(depth - 1, &random))).\(member)"
    }
}
