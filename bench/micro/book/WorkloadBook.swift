import ArkaModel
public import ArkaRules
import Foundation

/// Builds rule books from the expression trees of `bench/workload/rules-N.json`, so that the
/// evaluation can be tested and measured without the rule language.
public struct WorkloadBook {
    private var fields: [Field] = []
    private var predicates: [ArkaRules.Predicate] = []
    private var fieldIDs: [String: FieldID] = [:]
    private var predicateIDs: [ArkaRules.Predicate: PredicateID] = [:]

    private init() {}

    /// What is wrong with a file that is no such tree.
    public struct Malformed: Error {
        /// The part that is not understood.
        public let part: String
    }

    /// Reads a book. Rules fire `flag_for_review` and ignore what is unknown, as the workload says.
    public static func read(json: [UInt8]) throws -> RuleBook {
        guard let list = try JSONSerialization.jsonObject(with: Data(json)) as? [[String: Any]]
        else {
            throw Malformed(part: "the list of rules")
        }
        var book = WorkloadBook()
        let rules = try list.map { rule -> PlannedRule in
            guard let name = rule["name"] as? String, let when = rule["when"] as? [String: Any]
            else { throw Malformed(part: "a rule") }
            let number = name.replacingOccurrences(of: "_", with: " ")
            return PlannedRule(
                name: name, condition: try book.condition(when, negated: false),
                actions: [
                    .decide(.flagForReview, reason: .json("\"\(number)\""), details: nil)
                ], onUnknown: .ignore)
        }
        return RuleBook(fields: book.fields, predicates: book.predicates, rules: rules)
    }

    private mutating func condition(_ tree: [String: Any], negated: Bool) throws -> Condition {
        guard let operation = tree["op"] as? String else { throw Malformed(part: "op") }
        switch operation {
        case "and", "or":
            guard let parts = tree["args"] as? [[String: Any]] else {
                throw Malformed(part: "args")
            }
            let children = try parts.map { try condition($0, negated: negated) }
            return (operation == "and") != negated ? .all(children) : .any(children)
        case "not":
            guard let inner = tree["a"] as? [String: Any] else { throw Malformed(part: "not") }
            return try condition(inner, negated: !negated)
        default:
            return .leaf(id(try predicate(operation, tree)), negated: negated)
        }
    }

    private mutating func id(_ predicate: ArkaRules.Predicate) -> PredicateID {
        if let known = predicateIDs[predicate] { return known }
        let id = PredicateID(predicates.count)
        predicates.append(predicate)
        predicateIDs[predicate] = id
        return id
    }

    private mutating func predicate(
        _ operation: String, _ tree: [String: Any]
    ) throws -> ArkaRules.Predicate {
        guard let left = tree["a"] as? [String: Any], let path = left["field"] as? String else {
            throw Malformed(part: "a")
        }
        if operation == "in", let set = tree["set"] as? [String] {
            let list = Set(set).map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
            return .textIn(field(path, .text), list)
        }
        guard let right = tree["b"] as? [String: Any], let comparison = Self.comparison(operation)
        else { throw Malformed(part: operation) }
        if let text = right["str"] as? String {
            return .textIn(field(path, .text), [Array(text.utf8)])
        }
        if right["bool"] != nil { return .isTrue(field(path, .boolean)) }
        if let number = right["num"] as? NSNumber {
            return .number(field(path, .number), comparison, try ExactDecimal("\(number)"))
        }
        guard let factor = right["k"] as? NSNumber, let inner = right["a"] as? [String: Any],
            let other = inner["field"] as? String
        else { throw Malformed(part: "b") }
        return .arithmetic(
            .field(field(path, .number)), comparison,
            .multiply(.constant(try ExactDecimal("\(factor)")), .field(field(other, .number))))
    }

    private static func comparison(_ operation: String) -> Comparison? {
        switch operation {
        case "eq": .equal
        case "lt": .less
        case "le": .lessOrEqual
        case "gt": .greater
        case "ge": .greaterOrEqual
        default: nil
        }
    }

    private mutating func field(_ path: String, _ use: FieldUses) -> FieldID {
        if let known = fieldIDs[path] {
            fields[known.index].uses.insert(use)
            return known
        }
        let id = FieldID(fields.count)
        fields.append(
            Field(
                path: path.split(separator: ".").map { .property(String($0)) },
                name: "transaction." + path,
                uses: use))
        fieldIDs[path] = id
        return id
    }
}
