import ArkaModel
import ArkaRules
import Testing

/// What the plan of a book looks like.
struct PlannerTests {
    private func book(_ text: String, _ layout: RecordLayout = Payments.layout) throws -> RuleBook {
        let result = compile(text, layout)
        return try #require(result.book, "\(result.diagnostics.map { $0.rendered() })")
    }

    private func leaf(_ id: Int, not negated: Bool = false) -> Condition {
        .leaf(PredicateID(id), negated: negated)
    }

    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test func `equal predicates and fields are shared between rules`() throws {
        let book = try book(
            rule("transaction.amount > 5 and customer.pep", name: "a")
                + rule("5 < transaction.amount", name: "b")
                + rule("transaction.customer.pep == true or transaction.amount <= 5", name: "c"))
        #expect(
            book.fields == [
                Field(path: ["amount"], name: "transaction.amount", uses: .number),
                Field(path: ["customer", "pep"], name: "customer.pep", uses: .boolean),
            ])
        #expect(
            book.predicates == [
                .number(FieldID(0), .greater, ExactDecimal(5)), .isTrue(FieldID(1)),
            ])
        #expect(
            book.rules.map(\.condition) == [
                .all([leaf(0), leaf(1)]), leaf(0), .any([leaf(1), leaf(0, not: true)]),
            ])
    }

    @Test func `not is pushed to the leaves, and the order is kept`() throws {
        let book = try book(
            rule(
                """
                not (transaction.amount > 5 and not (customer.pep or transaction.count == 1))
                transaction.recurring
                """))
        #expect(
            book.rules[0].condition
                == .all([.any([leaf(0, not: true), leaf(1), leaf(2)]), leaf(3)]))
    }

    @Test(arguments: [
        ("transaction.amount != 3", Comparison.equal, true),
        ("transaction.amount == 3", .equal, false), ("transaction.amount < 3", .less, false),
        ("transaction.amount >= 3", .less, true), ("transaction.amount > 3", .greater, false),
        ("3 >= transaction.amount", .greater, true),
    ])
    func `a comparison and its opposite are one predicate`(
        condition: String, comparison: Comparison, negated: Bool
    ) throws {
        let book = try book(rule(condition))
        #expect(book.predicates == [.number(FieldID(0), comparison, ExactDecimal(3))])
        #expect(book.rules[0].condition == leaf(0, not: negated))
    }

    @Test(arguments: [
        ("1 < 2", true), ("\"a\" == \"b\"", false), ("not true", false), ("3 in [1, 2]", false),
        ("transaction.amount in []", false), ("false and transaction.amount > 5", false),
        ("true or transaction.note is known", true), ("2 * 3 - 6 == -0", true),
        ("not (true and transaction.amount not in [])", false),
    ])
    func `what needs no record is decided while planning`(condition: String, value: Bool) throws {
        let book = try book(rule(condition))
        #expect(book.predicates == [.constant(value)])
        #expect(book.rules[0].condition == leaf(0))
        #expect(book.fields.isEmpty)
    }

    @Test func `what is certain leaves the others alone`() throws {
        let book = try book(rule("true and transaction.amount > 2 * 3\nfalse or customer.pep"))
        #expect(
            book.predicates == [
                .number(FieldID(0), .greater, ExactDecimal(6)), .isTrue(FieldID(1)),
            ])
        #expect(book.rules[0].condition == .all([leaf(0), leaf(1)]))
    }

    @Test func `lists are sorted and free of repetition`() throws {
        let book = try book(
            rule(
                """
                transaction.channel in ["web", "app", "web"]
                transaction.count in [3, 1.0, 1, 2]
                transaction.count in [7, 7.0]
                transaction.recurring in [true, true]
                """))
        #expect(
            book.predicates == [
                .textIn(FieldID(0), [bytes("app"), bytes("web")]),
                .numberIn(FieldID(1), [1, 2, 3].map { ExactDecimal($0) }),
                .number(FieldID(1), .equal, ExactDecimal(7)), .isTrue(FieldID(2)),
            ])
    }

    @Test func `predicates have the form that the types ask for`() throws {
        let book = try book(
            rule(
                """
                transaction.channel == "web"
                transaction.channel >= "a"
                transaction.channel == customer.country
                transaction.amount > 3 * transaction.count
                transaction.amount / transaction.count > 2
                3 >= transaction.amount / transaction.count
                transaction.recurring != customer.pep
                transaction.note is known
                (transaction.fee ?? transaction.amount) + 1 > 2
                """))
        let (amount, count) = (Term.field(FieldID(2)), Term.field(FieldID(3)))
        let fee = Term.field(FieldID(7))
        #expect(
            book.predicates == [
                .textIn(FieldID(0), [bytes("web")]), .text(FieldID(0), .less, bytes("a")),
                .texts(FieldID(0), .equal, FieldID(1)),
                .arithmetic(amount, .greater, .multiply(.constant(ExactDecimal(3)), count)),
                .ratio(amount, count, .greater, .constant(ExactDecimal(2))),
                .ratio(amount, count, .greater, .constant(ExactDecimal(3))),
                .booleansEqual(FieldID(4), FieldID(5)), .known(FieldID(6)),
                .arithmetic(
                    .add(.either(fee, amount), .constant(.one)), .greater,
                    .constant(ExactDecimal(2))),
            ])
        #expect(book.fields[0].uses == [.text, .bytes])
        #expect(book.fields[1].uses == .bytes)
        #expect(book.fields[6].uses == .presence)
    }

    @Test func `a default becomes a guard`() throws {
        let book = try book(
            rule("(transaction.fee ?? 0) > 5", name: "a")
                + rule("(transaction.fee ?? 9) > 5", name: "b")
                + rule("(transaction.fee ?? transaction.amount) > 5", name: "c"))
        #expect(
            book.predicates == [
                .number(FieldID(0), .greater, ExactDecimal(5)),
                .readable(FieldID(0), as: .number),
                .number(FieldID(1), .greater, ExactDecimal(5)),
            ])
        #expect(
            book.rules.map(\.condition) == [
                .all([leaf(1), leaf(0)]), .any([leaf(1, not: true), leaf(0)]),
                .any([.all([leaf(1), leaf(0)]), .all([leaf(1, not: true), leaf(2)])]),
            ])
    }

    @Test func `without a schema the record decides how two fields are compared`() throws {
        let book = try book(rule("transaction.a == transaction.b"), Payments.untyped)
        #expect(
            Set(book.predicates) == [
                .readable(FieldID(0), as: .bytes), .texts(FieldID(0), .equal, FieldID(1)),
                .readable(FieldID(0), as: .boolean), .booleansEqual(FieldID(0), FieldID(1)),
                .arithmetic(.field(FieldID(0)), .equal, .field(FieldID(1))),
            ])
        #expect(book.fields[0].uses == [.bytes, .boolean, .number])
    }

    @Test func `a union in the schema is compared with what it can be`() throws {
        let book = try book(
            rule("transaction.reference == \"x\" or transaction.reference == 5"))
        #expect(book.fields[0].uses == [.text, .number])
    }

    @Test func `attributes and actions are kept`() throws {
        let text = """
            rule a(priority: 10, on_unknown: flag, severity: "high", tags: ["x", "y"],
                   description: "d") {
                when {
                    let why = "because"
                    transaction.amount > 5
                }
                then {
                    flag_for_review()
                    require_manual_review(reason: why, details: ["a\\n", -1.50, true, null, []])
                    reject(reason: "r")
                }
            }
            """
        let rule = try book(text).rules[0]
        #expect(rule.onUnknown == .flag)
        #expect(
            rule.notes
                == RuleNotes(priority: 10, severity: "high", tags: ["x", "y"], description: "d"))
        #expect(
            rule.actions == [
                .decide(.flagForReview, reason: nil, details: nil),
                .decide(
                    .requireManualReview, reason: .json("\"because\""),
                    details: .list([
                        .json(#""a\n""#), .json("-1.5"), .json("true"), .json("null"), .list([]),
                    ])),
                .decide(.reject, reason: .json("\"r\""), details: nil),
            ])
    }

    @Test(
        arguments: [
            ("", nil, OnUnknown.review), ("", .ignore, .ignore),
            ("(on_unknown: reject)", .flag, .reject),
        ] as [(String, OnUnknown?, OnUnknown)])
    func `a rule's own on_unknown goes before the topology's`(
        attributes: String, topology: OnUnknown?, expected: OnUnknown
    ) throws {
        let result = compile(
            rule("transaction.amount > 5", attributes: attributes), onUnknown: topology)
        #expect(result.book?.rules[0].onUnknown == expected)
    }

    @Test func `ten times the rules make ten times the plan, not more`() throws {
        let texts = (0..<1_000).map { index in
            rule("transaction.amount > \(index % 50) and customer.pep", name: "r\(index)")
        }
        let book = try book(texts.joined())
        #expect(book.rules.count == 1_000)
        #expect(book.predicates.count == 51)
        #expect(book.fields.count == 2)
    }
}
