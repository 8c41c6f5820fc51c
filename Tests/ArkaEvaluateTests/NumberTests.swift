import ArkaEvaluate
import ArkaModel
import ArkaRules
import ArkaStream
import Testing

/// Numbers are exact on the fast path, in 128 bits, and where both meet.
struct NumberTests {
    static let texts = [
        "0", "-0", "0.0", "1", "-1", "10", "0.1", "0.000001", "0.0000009", "0.0000011",
        "-0.0000001",
        "999999999999", "999999999999.999999", "1000000000000", "9223372036854.775807",
        "9223372036854.775808", "-9223372036854.775807", "-9223372036854.775808",
        "-9223372036854.775809", "170141183460469231731.687303715884105727",
        "-170141183460469231731.687303715884105727", "1e0", "1e3", "123e-2", "1.5000000000", "3.30",
        "0.000000000000000001", "12345678901234567.5", "100000000000000000000",
    ]

    @Test(arguments: Comparison.allCases)
    func `a field compares with a constant as exact decimals do`(_ comparison: Comparison) throws {
        for path in KernelPath.available {
            for constant in Self.texts {
                let value = try ExactDecimal(constant)
                let engine = Engine(
                    BookBuilder.one { $0.leaf(.number($0.field("n"), comparison, value)) },
                    options: EvaluationOptions(kernels: path))
                let results = engine.evaluate(Self.texts.map { Array("{\"n\":\($0)}".utf8) })
                for (text, result) in zip(Self.texts, results) {
                    let number = try ExactDecimal(text)
                    let expected =
                        switch comparison {
                        case .equal: number == value
                        case .notEqual: number != value
                        case .less: number < value
                        case .lessOrEqual: number <= value
                        case .greater: number > value
                        case .greaterOrEqual: number >= value
                        }
                    #expect(result.unknown.isEmpty)
                    #expect(
                        (result.fired.count == 1) == expected, "\(text) \(comparison) \(constant)")
                }
            }
        }
    }

    @Test func `a row with a wide number is counted and evaluated exactly`() throws {
        let engine = Engine(
            BookBuilder.one { book in
                let a = book.field("a")
                let b = book.field("b")
                return book.leaf(
                    .arithmetic(.field(a), .equal, .multiply(.constant(ExactDecimal(3)), .field(b)))
                )
            })
        let payloads = [
            "{\"a\":3.3,\"b\":1.1}", "{\"a\":0.00000003,\"b\":0.00000001}",
            "{\"a\":0.00000003,\"b\":0.00000002}", "{\"a\":1,\"b\":99999999999999999999}",
        ]
        let results = engine.evaluate(payloads.map { Array($0.utf8) })
        #expect(engine.evaluator.wideRows == 3)
        #expect(results.map { $0.fired.count } == [1, 1, 0, 0])
        #expect(results[3].unknown == ["rule_0 overflow"])
        _ = engine.evaluate("{\"a\":1,\"b\":2}")
        #expect(engine.evaluator.wideRows == 0)
    }

    @Test func `arithmetic fails for a reason and never rounds`() throws {
        let tiny = try ExactDecimal("0.0000000001")
        let engine = Engine(
            BookBuilder.one { book in
                let product = Term.multiply(.field(book.field("a")), .constant(tiny))
                return .all([
                    book.leaf(.arithmetic(product, .greater, .constant(.zero))),
                    book.leaf(
                        .ratio(
                            .field(book.field("a")), .field(book.field("b")), .greater,
                            .constant(ExactDecimal(3)))),
                ])
            })
        #expect(engine.evaluate("{\"a\":10,\"b\":3}").fired.count == 1)
        #expect(engine.evaluate("{\"a\":9,\"b\":3}").fired.isEmpty)
        #expect(engine.evaluate("{\"a\":1,\"b\":0}").unknown == ["rule_0 divided_by_zero"])
        #expect(engine.evaluate("{\"a\":0.0000000001,\"b\":0}").unknown == ["rule_0 inexact"])
    }

    @Test func `a number of 400 digits is out of range and nothing worse`() {
        let digits = String(repeating: "7", count: 400)
        let open = Engine(BookBuilder.one { $0.leaf(.number($0.field("amount"), .less, .zero)) })
        for number in [
            digits, "0.\(digits)", "1e\(digits)", "1e-\(digits)", "-\(digits).\(digits)",
        ] {
            let result = open.evaluate("{\"amount\":\(number)}")
            #expect(result.unknown == ["rule_0 out_of_range"])
            #expect(open.evaluate("{\"other\":\(number)}").isAccepted)
            let closed = Engine(layout: RecordLayout(schema: .workload))
            #expect(closed.evaluate("{\"amount\":\(number)}").code == .numberOutOfRange)
        }
        #expect(
            open.evaluate("{\"id\":\(digits)}").description.contains(
                "\"transaction_id\":\(digits),"))
    }

    @Test func `what the engine supplies may be as large as what records say`() {
        let huge = ExactDecimal(10_000_000_000_000)
        let engine = Engine(
            BookBuilder.one { book in
                let id = book.field(.context(.transactionID), name: "context.transaction_id")
                let offset = book.field(.context(.offset), name: "context.offset")
                return .all([
                    book.leaf(.number(book.field("a"), .greater, huge)),
                    book.leaf(.number(id, .less, ExactDecimal(-10_000_000_000_000))),
                    book.leaf(.number(offset, .greater, huge)),
                ])
            })
        let payload = Array("{\"id\":-20000000000000,\"a\":20000000000000}".utf8)
        let results = engine.evaluate(
            [payload, payload, payload], firstOffset: 20_000_000_000_000)
        #expect(results.map(\.fired) == [["rule_0"], ["rule_0"], ["rule_0"]])
    }

    @Test func `random numbers read as exact decimals read them`() throws {
        var random = Seeded(21)
        let engine = Engine(
            BookBuilder.one { book in
                // Both sides are read from the record, so equality shows that reading is the same.
                book.leaf(.arithmetic(.field(book.field("a")), .equal, .field(book.field("b"))))
            })
        for _ in 0..<300 {
            let whole = String(
                Int64.random(in: 0..<9_999_999_999_999, using: &random) >> random.below(40))
            let fraction = String(Int.random(in: 0..<9_999_999, using: &random))
            let text = "\(random.oneIn(2) ? "-" : "")\(whole).\(fraction)"
            let zeros = String(repeating: "0", count: random.below(12))
            let exact = try ExactDecimal(text)
            #expect(
                engine.evaluate("{\"a\":\(text)\(zeros),\"b\":\(exact)}").fired.count == 1,
                "\(text)")
            #expect(engine.evaluate("{\"a\":\(text)1,\"b\":\(exact)}").fired.isEmpty, "\(text)")
        }
    }
}
