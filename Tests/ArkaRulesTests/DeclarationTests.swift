import ArkaModel
import ArkaRules
import Testing

extension String {
    fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> String {
        String(self[..<(lastIndex { !isTrimmed($0) }.map { index(after: $0) } ?? startIndex)])
    }
}

/// Lists, constants and what the engine knows of a transaction.
struct DeclarationTests {
    private func evaluation(_ declarations: String) -> Evaluation {
        Evaluation(
            record: ["country": "DE", "amount": 10_000, "name": "O'Neil, Joe", "n": nil],
            context: [
                .eventTime: .number(ExactDecimal(1_767_225_600)), .jurisdiction: "EU",
                .topology: "cards", .topic: "payments", .partition: 3, .offset: 77,
                .transactionID: "t-1",
            ], declarations: declarations)
    }

    @Test(arguments: [
        ("$country in list.here", Truth.yes), ("$country not in list.here", .no),
        ("$amount in list.amounts", .yes), ("$country in list.file", .yes),
        ("upper(lower($country)) in list.file", .yes), ("\"XX\" in list.file", .no),
        ("$n in list.file", .unknown), ("$country in list.column", .yes),
        ("$name in list.names", .yes), ("($amount + 0) in list.limits", .yes),
        ("($amount - 1) in list.limits", .no), ("($n ?? \"FR\") in list.file", .yes),
        ("90m in list.times", .yes), ("$amount in list.file", .unknown),
        ("true in list.flags", .yes),
    ])
    func `lists stand in the file, in files, and in columns of files`(
        condition: String, expected: Truth
    ) throws {
        let declarations = """
            list here = ["DE", "FR",]
            list amounts = [10_000, 2 * 3]
            list times = [1h30m_, 2h]
            list flags = [true]
            list file from "countries.txt"
            list column from "countries.csv" column "iso2"
            list names from "countries.csv" column "contact"
            list limits from "countries.csv" column "limit"
            """.replacing("1h30m_", with: "1.5h")
        #expect(try evaluation(declarations).truth(condition) == expected)
    }

    @Test func `a list is built once for each type that it is read as`() throws {
        let text = """
            list limits from "countries.csv" column "limit"
            \(rule("transaction.channel in list.limits", name: "a"))
            \(rule("transaction.id in list.limits or transaction.amount in list.limits", name: "b"))
            """
        let result = compile(text)
        let book = try #require(result.book, "\(result.diagnostics.map { $0.rendered() })")
        #expect(book.lists.map(\.name) == ["limits", "limits"])
        #expect(result.listFiles.map(\.name) == ["countries.csv"])
    }

    @Test(arguments: [
        "$amount == limit", "$amount > half", "day * 2 == 48h", "$country == home",
        "home starts_with \"D\"", "$country matches pattern", "active",
        "start < context.event_time", "$amount in [limit, half]", "\"\\(home)!\" == \"DE!\"",
    ])
    func `constants have names`(condition: String) throws {
        let declarations = """
            const limit = 10_000
            const half = limit / 2
            const day = 24h
            const home = "DE"
            const pattern = "^D"
            const active = not_false
            const start = timestamp("2026-01-01") - day
            """.replacing("not_false", with: "true")
        #expect(try evaluation(declarations).truth(condition) == .yes)
    }

    @Test(arguments: [
        "context.event_time == timestamp(\"2026-01-01\")", "context.jurisdiction == \"EU\"",
        "context.topology == \"cards\"", "context.topic starts_with \"pay\"",
        "context.partition == 3", "context.offset > 76", "context.transaction_id == \"t-1\"",
        "context.jurisdiction is known", "let c = context\nc.offset == 77",
    ])
    func `the context is what the engine knows besides the record`(condition: String) throws {
        #expect(try evaluation("").truth(condition) == .yes)
    }

    @Test func `lists and constants are seen in all files and above themselves`() throws {
        let sources = [
            rule("transaction.amount > limit\ntransaction.channel in list.channels", name: "a")
                + "const limit = 5\n",
            "list channels = [\"web\"]\n" + rule("transaction.amount < limit", name: "b"),
        ].enumerated().map { SourceText(name: "\($0.offset).pact", text: $0.element) }
        let result = compileRules(sources, Payments.inputs())
        #expect(result.diagnostics.map { $0.rendered() } == [])
        #expect(result.book?.rules.count == 2)
    }

    @Test func `a list or a constant may stand right behind the brace of a rule`() {
        let good = rule("transaction.amount > limit").trimmingSuffix(while: \.isNewline)
        #expect(compile(good + "const limit = 5\n", Payments.untyped).book != nil)
        let faulty = compile(good + "const limit = 5 list names from names\n", Payments.untyped)
        #expect(faulty.book == nil)
        let broken = compile(
            rule("transaction.amount > 1").trimmingSuffix(while: \.isNewline)
                + "list names from names\n", Payments.untyped)
        #expect(broken.diagnostics.contains { $0.message == "unexpected 'names'" })
    }

    @Test func `list and const are names elsewhere`() {
        let text = rule(
            "let list2 = transaction.amount\nlist2 > 5\ntransaction.list.const is known")
        #expect(compile(text, Payments.untyped).book != nil)
        let layout = RecordLayout(roots: [.init(name: "list", path: [])])
        #expect(compile(rule("list.amount > 5"), layout).book != nil)
    }
}
