import ArkaModel
import ArkaText

/// A list that a rule names.
struct RuleList {
    /// Where its values are.
    enum Values {
        /// In the rule file.
        case constants([Element])
        /// In a file of their own.
        case file(ListFile)
        /// They were reported.
        case faulty
    }

    struct Element {
        let constant: Constant
        let types: ValueTypes
    }

    let name: String
    let values: Values
}

/// The lists from files that rules look into, each built once for each type that it is read as.
struct RuleLists {
    /// What the planned rules look into; a ``ListIndex`` indexes it.
    private(set) var built: [BookList] = []
    private var indices: [Key: ListIndex?] = [:]

    private struct Key: Hashable {
        let name: String
        let isNumbers: Bool
    }

    /// The list as texts or numbers; `nil` if its entries are none, which is reported once.
    mutating func index(
        of name: String, _ file: ListFile, asNumbers isNumbers: Bool,
        report: (Diagnostic) -> Void
    ) -> ListIndex? {
        let key = Key(name: name, isNumbers: isNumbers)
        if let known = indices[key] { return known }
        let list: BookList?
        if isNumbers {
            let reading = file.numbers()
            Self.findings(reading).forEach(report)
            list = reading.list.map { .numbers(name: name, $0) }
        } else {
            let reading = file.texts()
            Self.findings(reading).forEach(report)
            list = reading.list.map { .texts(name: name, $0) }
        }
        let index = list.map { list in
            built.append(list)
            return built.count - 1
        }
        indices[key] = .some(index)
        return index
    }

    /// What is said of a list. That one which cannot be read looks empty goes without saying.
    private static func findings<List>(_ reading: ListReading<List>) -> [Diagnostic] {
        reading.diagnostics.filter { reading.list != nil || $0.severity == .error }
    }
}
