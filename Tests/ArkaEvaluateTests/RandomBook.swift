import ArkaModel
import ArkaRules
import ArkaText

/// Rule books and schemas over the workload's fields with every kind of predicate, for fuzzing.
struct RandomBook {
    var random: Seeded
    private(set) var builder = BookBuilder()
    private var known: [String: FieldID] = [:]

    static let numbers = [
        "amount", "sender.risk", "customer.age_days", "customer.risk_score", "customer.kyc_level",
        "metadata.velocity_1h", "metadata.avg_amount_30d", "items[0].price", "items[2]", "x[0][1]",
    ]
    static let texts = [
        "id", "currency", "type", "channel", "sender.country", "sender.name", "destination.country",
        "customer.address.country", "customer.segment", "merchant.mcc", "merchant.country",
        "metadata.reference", "timestamp", "metadata.tags[0]", "metadata.tags[1]", "memo",
        "items[0].name",
    ]
    static let booleans = ["customer.pep", "device.new"]
    static let others = [
        "customer", "metadata.tags", "merchant", "nothing", "sender.name.x", "items", "items[1]",
        "metadata.tags[7]", "device", "x",
    ]
    static let arrays = ["metadata.tags", "items", "x", "x[0]", "list", "amount"]
    static let moments = ["timestamp", "day", "sender.name", "amount"]
    private static let words = [
        "EUR", "USD", "IT", "DE", "US", "card_payment", "mobile", "web", "sme", "5411", "a", "",
        "Maria Müller 5", "txn-0000000002-5bb34ae5f9335636", "2026-06-03T10:07:30.284Z",
        "a word that is much longer than sixteen bytes", "  Über Straße ", "a9", "b1", "A", "topic",
    ]
    static let constants = [
        "0", "1", "-1", "220", "231.43", "42.92", "11.1300001", "24.22", "-0.0000001", "1000000",
        "9223372036854.775807", "9223372036855", "-9223372036855", "0.000000000000000001", "2",
        "170000000000000000000", "15.5", "60", "1824",
    ]

    static func make(seed: UInt64, rules: Int) -> RuleBook {
        var maker = RandomBook(random: Seeded(seed))
        maker.addLists()
        for _ in 0..<rules {
            let condition = maker.condition(depth: maker.random.below(4))
            let kinds = PlannedAction.Kind.allCases
            let actions: [PlannedAction] = (0..<maker.random.below(3)).map { index in
                maker.random.oneIn(8)
                    ? maker.call()
                    : .decide(
                        maker.random.pick(kinds), reason: index == 0 ? maker.reason() : nil,
                        details: index == 1 ? maker.output(3) : nil)
            }
            maker.builder.rule(
                condition, onUnknown: maker.random.pick(OnUnknown.allCases), actions: actions)
        }
        return maker.builder.book
    }

    mutating func condition(depth: Int) -> Condition {
        if depth == 0 { return builder.leaf(predicate(), negated: random.oneIn(3)) }
        let children = (0...random.below(3)).map { _ in condition(depth: depth - 1) }
        return random.oneIn(2) ? .all(children) : .any(children)
    }

    private mutating func addLists() {
        builder.lists = [
            .texts(name: "words", TextList(Self.words.prefix(9).map { Array($0.utf8) })),
            .numbers(
                name: "numbers", NumberList(Self.constants.compactMap { try? ExactDecimal($0) })),
        ]
    }

    /// A field of the context, or of the answer of a call, under one id each.
    mutating func supplied(_ values: [RuleContext]) -> FieldID {
        let value = random.pick(values)
        let isCall = random.oneIn(15)
        let name = isCall ? "plugin.x.y.score" : "context.\(value.rawValue)"
        if let id = known[name] { return id }
        let id = builder.field(
            isCall ? .call(CallID(0)) : .context(value), isCall ? ["score"] : [], name: name,
            value == .eventTime && !isCall ? .moment : .number)
        known[name] = id
        return id
    }

    /// A text that is read as a date and time has an id of its own.
    mutating func moment() -> FieldID {
        if random.oneIn(6) { return supplied([.eventTime]) }
        let path = random.pick(Self.moments)
        if let id = known["moment " + path] { return id }
        let id = builder.field(path, .moment)
        known["moment " + path] = id
        return id
    }

    mutating func field(_ paths: [String]) -> FieldID {
        if random.oneIn(20) {
            return supplied([.transactionID, .topic, .topology, .jurisdiction, .offset, .partition])
        }
        // Now and then a field of another type: without a schema that is possible.
        let all = Self.numbers + Self.texts + Self.booleans + Self.others
        let path = random.oneIn(12) ? random.pick(all) : random.pick(paths)
        // Now and then the same path under a second id.
        if let id = known[path], !random.oneIn(10) { return id }
        let id = builder.field(path)
        known[path] = id
        return id
    }

    mutating func number() -> ExactDecimal {
        (try? ExactDecimal(random.pick(Self.constants))) ?? .zero
    }

    mutating func word() -> [UInt8] { Array(random.pick(Self.words).utf8) }

    private mutating func predicate() -> Predicate {
        let comparison = random.pick(Comparison.allCases)
        let ordered = random.pick([Comparison.less, .lessOrEqual, .greater, .greaterOrEqual])
        switch random.below(19) {
        case 14: return .textTest(text(2), textTest())
        case 15: return .listed(random.oneIn(2) ? .field(field(Self.texts)) : text(2), ListID(0))
        case 16: return .numberListed(term(1), ListID(1))
        case 17: return .element(field(Self.arrays), elementValue())
        case 18:
            return random.oneIn(2)
                ? .number(moment(), comparison, ExactDecimal(1_781_000_000))
                : .readable(moment(), as: .moment)
        case 0, 1, 2: return .number(field(Self.numbers), comparison, number())
        case 3:
            let count = random.oneIn(4) ? 30 : 3
            let list = Set(
                (0..<count).map { _ in
                    random.oneIn(2) ? number() : ExactDecimal(Int64(random.below(4000)))
                })
            return .numberIn(field(Self.numbers), list.sorted())
        case 4, 5:
            var list = Set((0...random.below(4)).map { _ in word() })
            if random.oneIn(10) { for index in 0..<300 { list.insert(Array("x\(index)".utf8)) } }
            return .textIn(
                field(Self.texts), list.sorted { $0.lexicographicallyPrecedes($1) })
        case 6: return .text(field(Self.texts), ordered, word())
        case 7: return .texts(field(Self.texts), comparison, field(Self.texts))
        case 8: return .isTrue(field(Self.booleans))
        case 9: return .booleansEqual(field(Self.booleans), field(Self.booleans))
        case 10: return .known(field(Self.others + Self.numbers))
        case 11:
            let uses = FieldUses(rawValue: UInt8(1 + random.below(31)))
            return .readable(
                field(Self.others + Self.numbers + Self.texts + Self.booleans), as: uses)
        case 12:
            return random.oneIn(3)
                ? .ratio(term(1), term(1), comparison, term(0))
                : .arithmetic(term(2), comparison, term(1))
        default: return .constant(random.oneIn(2))
        }
    }

    mutating func term(_ depth: Int) -> Term {
        if depth == 0 || random.oneIn(3) {
            if random.oneIn(5) { return .field(moment()) }
            return random.oneIn(3) ? .constant(number()) : .field(field(Self.numbers))
        }
        switch random.below(14) {
        case 6: return .magnitude(term(depth - 1))
        case 7:
            let terms = (0..<(2 + random.below(2))).map { _ in term(depth - 1) }
            return .extreme(random.oneIn(2) ? .min : .max, terms)
        case 8:
            return .rounded(
                term(depth - 1), random.pick(Rounding.allCases), decimals: random.below(19))
        case 9:
            return .roundedQuotient(
                term(depth - 1), term(depth - 1), random.pick(Rounding.allCases),
                decimals: random.below(19))
        case 10: return .length(text(depth - 1))
        case 11: return .count(field(Self.arrays))
        case 12: return .moment(text(depth - 1))
        case 13: return .part(random.pick(CivilPart.allCases), .field(moment()))
        case 0: return .add(term(depth - 1), term(depth - 1))
        case 1: return .subtract(term(depth - 1), term(depth - 1))
        case 2: return .negate(term(depth - 1))
        case 3: return .either(term(depth - 1), term(depth - 1))
        case 4: return .multiply(.constant(number()), .field(field(Self.numbers)))
        default: return .multiply(term(depth - 1), term(depth - 1))
        }
    }
}
