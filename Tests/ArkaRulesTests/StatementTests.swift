import ArkaModel
import ArkaRules
import Testing

/// Where a statement ends, and what may stand around it.
struct StatementTests {
    @Test(arguments: [
        ("A\nB", false), ("A or\nB", true), ("A\nor B", true), ("A // or\nB", false),
        ("(A\nor\nB)", true), ("A\n\n\n(B)", false), ("A // x\n\n // y\n or B", true),
        ("let x =\n A\nx or\nB", true), ("not\nA or not\nB", true), ("A\nnot B", false),
        ("transaction\n  .recurring\n or transaction.\n customer.pep", true),
    ])
    func `a statement ends with its line unless something goes on`(
        lines: String, isOne: Bool
    ) throws {
        let text = lines.replacing("A", with: "transaction.recurring")
            .replacing("B", with: "customer.pep")
        let result = compile(rule(text))
        #expect(result.diagnostics.isEmpty, "\(result.diagnostics.map { $0.rendered() })")
        switch try #require(result.book).rules[0].condition {
        case .any(let parts): #expect(isOne && parts.count == 2)
        case .all(let parts): #expect(!isOne && parts.count == 2)
        case .leaf: Issue.record("a condition was lost")
        }
    }

    @Test(arguments: [
        "transaction.amount in [\n1,\n\n2\n]", "transaction.amount >\n 5",
        "transaction.amount > 5 +\n 6", "(transaction.amount\n > 5\n + 6)",
        "transaction.amount > 5\n- 3 < transaction.count", "transaction.fee ??\n 0 > 5",
        "transaction.amount in [1, 2,]", "let x = 5 // five\ntransaction.amount > x",
    ])
    func `brackets and operators go on to the next line`(lines: String) {
        #expect(compile(rule(lines)).diagnostics.map { $0.rendered() } == [])
    }

    @Test func `a rule may stand on one line`() {
        let text = "rule a { when { transaction.amount > 5 } then { reject(reason: \"x\") } }"
        #expect(compile(text).diagnostics.isEmpty)
        #expect(
            compile(text + " " + text.replacing("rule a", with: "rule b")).book?.rules.count == 2)
    }

    @Test(arguments: ["\r\n", "\n"])
    func `line ends of both kinds are line ends`(end: String) {
        let text = rule("transaction.recurring\ncustomer.pep").replacing("\n", with: end)
        #expect(compile(text).diagnostics.isEmpty)
    }

    @Test func `files may be empty, or start with a byte order mark`() {
        #expect(compile("").book?.rules.isEmpty == true)
        #expect(compile("// nothing\n").book?.rules.isEmpty == true)
        #expect(compile("\u{FEFF}" + rule("transaction.recurring")).book?.rules.count == 1)
    }

    @Test func `reserved words are names behind a dot`() {
        let result = compile(
            rule("transaction.rule.when.in == 1 and transaction.not is known"), Payments.untyped)
        #expect(result.book?.fields.map(\.path) == [["rule", "when", "in"], ["not"]])
    }

    @Test func `escapes become what they stand for`() throws {
        let text = #"transaction.channel == "a\"b\\c\n\t\r\u{41}\u{1F600}é""#
        let book = try #require(compile(rule(text)).book)
        #expect(
            book.predicates == [
                .textIn(FieldID(0), [Array("a\"b\\c\n\t\rA\u{1F600}é".utf8)])
            ])
    }
}
