import ArkaModel
import ArkaRules

/// Which forms of a plan a test has met.
struct PlanCoverage {
    private var forms: Set<String> = []
    private var truths: Set<Truth> = []
    private var causes: Set<UnknownCause> = []

    mutating func add(_ book: RuleBook) {
        book.predicates.forEach { add(anything: $0) }
        book.calls.forEach { add(anything: $0.arguments) }
        book.rules.forEach { add(anything: $0.actions) }
    }

    mutating func add(_ outcome: RuleOutcome) {
        truths.insert(outcome.truth)
        outcome.cause.map { _ = causes.insert($0) }
    }

    /// What never occurred.
    var missing: [String] {
        Self.all.subtracting(forms).sorted()
            + [Truth.yes, .no, .unknown].filter { !truths.contains($0) }.map { "\($0)" }
            + UnknownCause.allCases.filter { !causes.contains($0) }.map(\.word)
    }

    /// Every case of the types that a plan consists of.
    private static let all = Set(
        cases(
            "Predicate",
            "number numberIn textIn text texts isTrue booleansEqual known readable arithmetic ratio "
                + "textTest listed numberListed element constant")
            + cases(
                "Term",
                "constant field negate add subtract multiply either magnitude extreme rounded "
                    + "roundedQuotient length count moment part")
            + cases("TextTerm", "constant field changed joined either")
            + cases("TextTest", "compared isIn contains startsWith endsWith matches")
            + cases("ElementValue", "text number constant boolean")
            + cases("OutputValue", "json field number text first truth joined list")
            + cases("OutputPiece", "text value")
            + cases("PlannedAction", "decide call"))

    private static func cases(_ type: String, _ names: String) -> [String] {
        names.split(separator: " ").map { "\(type).\($0)" }
    }

    /// Notes the cases of enums anywhere in a value.
    private mutating func add(anything value: Any) {
        let mirror = Mirror(reflecting: value)
        if mirror.displayStyle == .enum, let label = mirror.children.first?.label {
            forms.insert("\(type(of: value)).\(label)")
        }
        for child in mirror.children where !(child.value is [UInt8]) { add(anything: child.value) }
    }
}
