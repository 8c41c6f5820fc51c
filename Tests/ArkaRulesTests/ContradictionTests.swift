import ArkaModel
import ArkaRules
import RandomRules
import Testing

/// Rules that can never fire are named, and no others.
struct ContradictionTests {
    private func isWarned(_ text: String, _ layout: RecordLayout = Payments.layout) throws -> Bool {
        let result = compile(text, layout, onUnknown: .review)
        _ = try #require(result.book, "\(result.diagnostics.map { $0.rendered() }.joined())")
        return result.diagnostics.contains { $0.code.description == "ARKA-RULE-0060" }
    }

    private static let field = "transaction.amount"

    /// Random comparisons of one number; halves stand between the constants.
    private func comparison(_ random: inout SeededRandom, _ field: String) -> String {
        let value = Int.random(in: 0...3, using: &random)
        let other = Int.random(in: 0...3, using: &random)
        let symbol = ["==", "!=", "<", "<=", ">", ">="].randomElement(using: &random) ?? "=="
        return switch Int.random(in: 0...7, using: &random) {
        case 0: "\(field) in [\(value), \(other)]"
        case 1: "\(field) not in [\(value), \(other)]"
        case 2: "\(value) \(symbol) \(field)"
        case 3: "not (\(field) \(symbol) \(value))"
        default: "\(field) \(symbol) \(value)"
        }
    }

    @Test(arguments: 1...300 as ClosedRange<UInt64>)
    func `what is said of one number is decided exactly`(seed: UInt64) throws {
        var random = SeededRandom(state: seed)
        let lines = (0..<(2 + Int(seed % 4))).map { _ in comparison(&random, Self.field) }
        let separator = seed.isMultiple(of: 2) ? "\n" : " and "
        let source = rule(lines.joined(separator: separator))
        let interpreter = try #require(
            RuleInterpreter(
                [SourceText(name: "a", text: source)], Payments.inputs(onUnknown: .review)))
        let values = (-1...8).map { ExactDecimal(scaled: Int128($0) * 500_000_000_000_000_000) }
        let isPossible = values.contains { value in
            interpreter.evaluate(["amount": .number(value)])[0].truth == .yes
        }
        #expect(try isWarned(source) == !isPossible, "\(lines)")
    }

    @Test(arguments: 1...300 as ClosedRange<UInt64>)
    func `whole numbers have none between two neighbours`(seed: UInt64) throws {
        var random = SeededRandom(state: seed)
        let lines = (0..<(2 + Int(seed % 4))).map { _ in comparison(&random, "transaction.count") }
        let source = rule(lines.joined(separator: "\n"))
        let interpreter = try #require(
            RuleInterpreter(
                [SourceText(name: "a", text: source)], Payments.inputs(onUnknown: .review)))
        let isPossible = (-1...4).contains { value in
            interpreter.evaluate(["count": .number(ExactDecimal(value))])[0].truth == .yes
        }
        #expect(try isWarned(source) == !isPossible, "\(lines)")
    }

    @Test func `a rule that can fire is never warned of`() throws {
        var warned = 0
        for seed in 0..<400 as Range<UInt64> {
            var generator = RuleGenerator(seed: seed)
            let lines = (0..<4).map { _ in generator.condition(depth: 0) }.filter {
                !$0.contains("plugin")
                    && compile(rule($0), Payments.untyped, onUnknown: .review).book != nil
            }
            let source = RuleGenerator.plainDeclarations + rule(lines.joined(separator: "\n"))
            guard compile(source, Payments.untyped, onUnknown: .review).book != nil,
                try isWarned(source, Payments.untyped)
            else { continue }
            warned += 1
            let interpreter = try #require(
                RuleInterpreter(
                    [SourceText(name: "a", text: source)],
                    Payments.inputs(Payments.untyped, onUnknown: .review)))
            for _ in 0..<50 {
                #expect(interpreter.evaluate(generator.inputs())[0].truth != .yes, "\(source)")
            }
        }
        #expect(warned > 0)
    }

    @Test(arguments: [
        "transaction.amount > 5 or transaction.amount < 3",
        "transaction.fee is unknown and (transaction.fee ?? 5) > 3",
        "(transaction.fee ?? transaction.amount) > 5 and (transaction.fee ?? transaction.count) < 3",
        "customer.country == \"DE\" and transaction.customer.address.country == \"FR\"",
        "transaction.reference == \"x\" or transaction.reference == 5",
        "transaction.merchant is known and transaction.merchant.name is unknown",
        "transaction.amount >= 5 and transaction.amount <= 5",
        "transaction.channel >= \"a\" and transaction.channel < \"b\"",
        "hour(transaction.created_at) >= 23 and minute(transaction.created_at) > 58",
        "transaction.count > 5 and transaction.count < 7",
        "transaction.count not in [1, 2, 3] and transaction.count >= 1 and transaction.count <= 4",
        "length(transaction.labels) == 0",
    ])
    func `what can be true is left alone`(condition: String) throws {
        #expect(try !isWarned(rule(condition)))
    }

    @Test(arguments: [
        "transaction.a == 5 and transaction.a == \"x\"", "length(\"x\\(transaction.a)\") < 0",
        "transaction.a and transaction.a > 5",
        "transaction.a contains 1 and transaction.a is unknown",
        "transaction.a + 1 > 3 and transaction.a is unknown",
        "not (transaction.a > 5 and transaction.a < 3)",
        "abs(transaction.a) < 0", "week(timestamp(transaction.a)) == 54",
        "transaction.a < \"\" ",
    ])
    func `without a schema it follows from the uses`(condition: String) throws {
        #expect(try isWarned(rule(condition), Payments.untyped))
    }

    @Test func `thousands of conditions on one value are decided at once`() throws {
        let lines = (0..<5_000).map { "transaction.amount != \($0)" }
        #expect(try !isWarned(rule(lines.joined(separator: "\n"))))
        let list = (0..<5_000).map { "\($0)" }.joined(separator: ", ")
        #expect(
            try isWarned(rule(lines.joined(separator: "\n") + "\ntransaction.amount in [\(list)]")))
        let whole = lines.map { $0.replacing("amount", with: "count") }
        #expect(
            try isWarned(
                rule(
                    whole.joined(separator: "\n")
                        + "\ntransaction.count > -1 and transaction.count < 5000")))
    }
}
