import ArkaEvaluate
import ArkaModel
import ArkaRules
import Testing

/// What rules see of a record without a schema.
struct FieldReadingTests {
    /// A book with `amount > 10`, whose unknowns show.
    private static let amount = BookBuilder.one { book in
        book.leaf(.number(book.field("amount"), .greater, ExactDecimal(10)))
    }
    private static let nested = BookBuilder.one { book in
        book.leaf(.textIn(book.field("a.b"), [Array("x".utf8)]))
    }

    @Test(arguments: [
        ("{\"amount\":11}", "fired"), ("{\"amount\":10}", "no"),
        ("{\"amount\":10.000001}", "fired"),
        ("{\"\\u0061mount\":11}", "fired"), ("{\"am\\u006funt\":1.1e1}", "fired"),
        ("{\"amount\":10.0000001}", "fired"), ("{\"amount\":9999999999999999999}", "fired"),
        ("{}", "absent"), ("{\"amount\":null}", "null"), ("{\"amount\":\"11\"}", "other_type"),
        ("{\"amount\":true}", "other_type"), ("{\"amount\":[11]}", "other_type"),
        ("{\"amount\":{\"amount\":11}}", "other_type"), ("{\"amount\":1e30}", "out_of_range"),
        ("{\"amount\":0.0000000000000000001}", "out_of_range"),
        ("{\"amount\":11,\"amount\":11}", "duplicate"),
        ("{\"amount\":11,\"\\u0061mount\":11}", "duplicate"),
        ("{\"amount\":1e30,\"amount\":1e30,\"amount\":1}", "duplicate"),
        ("{\"x\":{\"amount\":11}}", "absent"), ("{\"amount\":-0}", "no"),
    ])
    func `a number is read or unknown for a reason`(_ text: String, _ expected: String) {
        for path in KernelPath.available {
            let engine = Engine(Self.amount, options: EvaluationOptions(kernels: path))
            #expect(outcome(engine.evaluate(text)) == expected, "\(text)")
        }
    }

    @Test(arguments: [
        ("{\"a\":{\"b\":\"x\"}}", "fired"), ("{\"a\":{\"b\":\"\\u0078\"}}", "fired"),
        ("{\"a\":{\"b\":\"y\"}}", "no"), ("{\"a\":{\"b\":\"xx\"}}", "no"),
        ("{\"a\":{\"b\":\"\\ud800\"}}", "no"), ("{\"a\":null}", "absent"), ("{\"a\":5}", "absent"),
        ("{\"a\":[{\"b\":\"x\"}]}", "absent"), ("{\"a.b\":\"x\"}", "absent"),
        ("{\"a\":{\"b\":\"x\"},\"a\":{\"b\":\"x\"}}", "duplicate"),
        ("{\"a\":{},\"a\":1}", "duplicate"),
        ("{\"a\":{\"b\":\"x\",\"b\":\"x\"}}", "duplicate"), ("{\"a\":{\"b\":1}}", "other_type"),
        ("{\"a\":{\"c\":{\"b\":\"x\"}}}", "absent"),
    ])
    func `a string is read or unknown for a reason`(_ text: String, _ expected: String) {
        let engine = Engine(Self.nested)
        #expect(outcome(engine.evaluate(text)) == expected, "\(text)")
    }

    private func outcome(_ result: RowResult) -> String {
        if !result.fired.isEmpty { return "fired" }
        return result.unknown.first?.split(separator: " ").last.map { String($0) } ?? "no"
    }

    @Test func `a decision names the first unknown field in the order of the rule`() {
        var book = BookBuilder()
        let a = book.field("a")
        let b = book.field("b")
        let later = book.leaf(.number(b, .greater, .zero))
        let sum = book.leaf(.arithmetic(.add(.field(a), .field(b)), .less, .field(b)))
        book.rule(.all([later, sum]), onUnknown: .flag)
        book.rule(.any([sum, later]), onUnknown: .reject)
        let result = Engine(book.book).evaluate("{\"b\":null}")
        let unknown = result.members["unknown"] as? [[String: String]]
        #expect(unknown?.count == 2)
        #expect(unknown?[0]["error"] == "transaction.b is null")
        #expect(unknown?[1]["error"] == "transaction.a is absent")
        #expect(result.status == .rejected)
    }

    @Test(arguments: [1, 254, 255, 1000, 70_000])
    func `a list of constants may have any length`(_ count: Int) {
        let words = (0..<count).map { Array("constant number \($0) of a long list".utf8) }
        let list = words.sorted { $0.lexicographicallyPrecedes($1) }
        let engine = Engine(
            BookBuilder.one { book in
                .all([
                    book.leaf(.textIn(book.field("t"), list)),
                    book.leaf(.textIn(book.field("t"), [list[count - 1]]), negated: count > 1),
                ])
            })
        let last = String(decoding: list[count - 1], as: UTF8.self)
        let first = String(decoding: list[0], as: UTF8.self)
        #expect(engine.evaluate("{\"t\":\"\(first)\"}").fired.count == 1)
        #expect(engine.evaluate("{\"t\":\"\(last)\"}").fired.count == (count == 1 ? 1 : 0))
        #expect(engine.evaluate("{\"t\":\"\(first) \"}").fired.isEmpty)
        #expect(engine.evaluate("{}").unknown == ["rule_0 absent"])
    }

    @Test func `strings compare by bytes, whatever their length`() {
        let words =
            ["", "a", "é", "e\u{301}", "12345678", "123456789", "1234567890123456"]
            + ["12345678901234567", "1234567890123456x", String(repeating: "long", count: 5000)]
        for word in words {
            let engine = Engine(
                BookBuilder.one { $0.leaf(.textIn($0.field("t"), [Array(word.utf8)])) })
            for other in words {
                let fired = engine.evaluate("{\"t\":\"\(other)\"}").fired.count == 1
                #expect(fired == (Array(word.utf8) == Array(other.utf8)), "\(word) \(other)")
            }
        }
    }

    @Test func `keys of any length and number are found in any order`() {
        var random = Seeded(4)
        let names = (0..<150).map { String(repeating: "k", count: $0 % 45) + "\($0)" }
        var book = BookBuilder()
        for (index, name) in names.enumerated() {
            let field = book.field(name)
            book.rule(book.leaf(.number(field, .equal, ExactDecimal(Int64(index)))))
        }
        let engine = Engine(book.book)
        for _ in 0..<20 {
            let members = names.enumerated().map { "\"\($1)\":\($0)" }.shuffled(using: &random)
            let dropped = members.dropLast(random.below(30))
            let result = engine.evaluate("{\(dropped.joined(separator: ","))}")
            #expect(result.fired.count == dropped.count)
        }
    }

    @Test func `keys that come and go are found`() {
        var random = Seeded(5)
        var book = BookBuilder()
        for index in 0..<90 {
            let field = book.field("k\(index)")
            book.rule(
                book.leaf(.number(field, .equal, ExactDecimal(Int64(index)))), onUnknown: .ignore)
        }
        let engine = Engine(book.book)
        for round in 0..<200 {
            let chance = 2 + round % 7
            let kept = (0..<100).filter { _ in !random.oneIn(chance) }
            let text = "{\(kept.map { "\"k\($0)\":\($0)" }.joined(separator: ","))}"
            #expect(engine.evaluate(text).fired.count == kept.count { $0 < 90 })
        }
    }
}
