/// The parts of a value that some keyword has looked at, for `unevaluatedItems` and
/// `unevaluatedProperties`.
struct EvaluatedParts {
    /// Elements or members, by their index.
    private var parts: Set<Int> = []
    private var hasAll = false

    /// Everything.
    static let all = {
        var all = EvaluatedParts()
        all.hasAll = true
        return all
    }()

    mutating func insert(_ part: Int) {
        if !hasAll { parts.insert(part) }
    }

    mutating func formUnion(_ other: EvaluatedParts) {
        if other.hasAll {
            self = .all
        } else if !hasAll {
            parts.formUnion(other.parts)
        }
    }

    func contains(_ part: Int) -> Bool { hasAll || parts.contains(part) }
}
