import ArkaModel
import ArkaRules

/// Rule books and schemas over the workload's fields with every kind of predicate, for fuzzing.
struct RandomBook {
    private var random: Seeded
    private var builder = BookBuilder()
    private var known: [String: FieldID] = [:]

    private static let numbers = [
        "amount", "sender.risk", "customer.age_days", "customer.risk_score", "customer.kyc_level",
        "metadata.velocity_1h", "metadata.avg_amount_30d",
    ]
    private static let texts = [
        "id", "currency", "type", "channel", "sender.country", "sender.name", "destination.country",
        "customer.address.country", "customer.segment", "merchant.mcc", "merchant.country",
        "metadata.reference", "timestamp",
    ]
    private static let booleans = ["customer.pep", "device.new"]
    private static let others = [
        "customer", "metadata.tags", "merchant", "nothing", "sender.name.x",
    ]
    private static let words = [
        "EUR", "USD", "IT", "DE", "US", "card_payment", "mobile", "web", "sme", "5411", "a", "",
        "Maria Müller 5", "txn-0000000002-5bb34ae5f9335636", "2026-06-03T10:07:30.284Z",
        "a word that is much longer than sixteen bytes",
    ]
    private static let constants = [
        "0", "1", "-1", "220", "231.43", "42.92", "11.1300001", "24.22", "-0.0000001", "1000000",
        "9223372036854.775807", "9223372036855", "-9223372036855", "0.000000000000000001", "2",
        "170000000000000000000", "15.5", "60", "1824",
    ]

    static func make(seed: UInt64, rules: Int) -> RuleBook {
        var maker = RandomBook(random: Seeded(seed))
        for _ in 0..<rules {
            let condition = maker.condition(depth: maker.random.below(4))
            let kinds = PlannedAction.Kind.allCases
            let actions = (0..<maker.random.below(3)).map { index in
                PlannedAction(
                    maker.random.pick(kinds), reason: index == 0 ? "reason" : nil,
                    details: index == 1 ? "{\"a\":[1,2]}" : nil)
            }
            maker.builder.rule(
                condition, onUnknown: maker.random.pick(OnUnknown.allCases), actions: actions)
        }
        return maker.builder.book
    }

    private mutating func condition(depth: Int) -> Condition {
        if depth == 0 { return builder.leaf(predicate(), negated: random.oneIn(3)) }
        let children = (0...random.below(3)).map { _ in condition(depth: depth - 1) }
        return random.oneIn(2) ? .all(children) : .any(children)
    }

    private mutating func field(_ paths: [String]) -> FieldID {
        // Now and then a field of another type: without a schema that is possible.
        let all = Self.numbers + Self.texts + Self.booleans + Self.others
        let path = random.oneIn(12) ? random.pick(all) : random.pick(paths)
        // Now and then the same path under a second id.
        if let id = known[path], !random.oneIn(10) { return id }
        let id = builder.field(path)
        known[path] = id
        return id
    }

    private mutating func number() -> ExactDecimal {
        (try? ExactDecimal(random.pick(Self.constants))) ?? .zero
    }

    private mutating func word() -> [UInt8] { Array(random.pick(Self.words).utf8) }

    private mutating func predicate() -> Predicate {
        let comparison = random.pick(Comparison.allCases)
        let ordered = random.pick([Comparison.less, .lessOrEqual, .greater, .greaterOrEqual])
        switch random.below(14) {
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

    private mutating func term(_ depth: Int) -> Term {
        if depth == 0 || random.oneIn(3) {
            return random.oneIn(3) ? .constant(number()) : .field(field(Self.numbers))
        }
        switch random.below(6) {
        case 0: return .add(term(depth - 1), term(depth - 1))
        case 1: return .subtract(term(depth - 1), term(depth - 1))
        case 2: return .negate(term(depth - 1))
        case 3: return .either(term(depth - 1), term(depth - 1))
        case 4: return .multiply(.constant(number()), .field(field(Self.numbers)))
        default: return .multiply(term(depth - 1), term(depth - 1))
        }
    }
}

extension RecordSchema {
    private static func value(
        _ types: JSONTypes, allowed: [SchemaConstant]? = nil, isDateTime: Bool = false
    ) -> RecordSchema {
        .constrained(Constraint(types: types, allowed: allowed, isDateTime: isDateTime))
    }

    private static func object(_ properties: [Property], orNull: Bool = false) -> RecordSchema {
        .constrained(
            Constraint(types: orNull ? [.object, .null] : .object, properties: properties))
    }

    /// What the workload's messages look like, with every kind of constraint.
    static let workload = object([
        Property("id", isRequired: true, value(.string)),
        Property("timestamp", isRequired: true, value(.string, isDateTime: true)),
        Property("amount", isRequired: true, value(.number)),
        Property("currency", isRequired: true, value(.string)),
        Property(
            "channel", isRequired: false,
            value(
                [.string, .null],
                allowed: ["mobile", "web", "branch", "api", "pos", "atm", "phone"].map {
                    .string(Array($0.utf8))
                } + [.null])),
        Property(
            "sender", isRequired: true,
            object([
                Property("country", isRequired: true, value(.string)),
                Property("risk", isRequired: false, value([.integer, .null])),
            ])),
        Property(
            "customer", isRequired: false,
            object([
                Property("age_days", isRequired: true, value(.integer)),
                Property("pep", isRequired: false, value(.boolean)),
                Property(
                    "address", isRequired: false,
                    object([
                        Property("city", isRequired: true, .any)
                    ])),
            ])),
        Property(
            "merchant", isRequired: true,
            object([Property("mcc", isRequired: true, value(.string))], orNull: true)),
        Property(
            "metadata", isRequired: false,
            object([
                Property(
                    "tags", isRequired: false,
                    .constrained(Constraint(types: .array, items: value(.string)))),
                Property("velocity_1h", isRequired: false, value(.number, allowed: nil)),
            ])),
    ])
}
