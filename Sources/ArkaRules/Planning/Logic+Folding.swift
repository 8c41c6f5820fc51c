import ArkaModel
import ArkaText

extension TextOperator {
    /// Whether it holds of two texts. Never `matches`.
    func holds(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        switch self {
        case .contains: part.isEmpty || text.firstRange(of: part) != nil
        case .startsWith: text.starts(with: part)
        case .endsWith: text.suffix(part.count).elementsEqual(part)
        case .matches: preconditionFailure("patterns are compiled by the checker")
        }
    }
}

extension Logic {
    /// The same condition without the parts that need no record to be decided.
    ///
    /// Done before planning, so that no predicate is made for what falls away.
    var folded: Logic {
        switch self {
        case .compare(.constant(let a), let comparison, .constant(let b), _):
            Logic(comparison.holds(a.compared(with: b)))
        case .member(.constant(let constant), let constants, _):
            Logic(constants.contains(constant))
        case .member(_, let constants, _) where constants.isEmpty:
            Logic(false)
        case .not(let inner):
            inner.folded.opposite
        case .all(let parts):
            Self.joined(parts, neutral: true, Logic.all)
        case .any(let parts):
            Self.joined(parts, neutral: false, Logic.any)
        case .textTest(.constant(.text(let a)), let test, .constant(.text(let b))):
            Logic(test.holds(a, b))
        case .matches(.constant(.text(let text)), let pattern):
            Logic(pattern.pattern.matches(text))
        case .either(let field, let first, let second):
            .either(isText: field, first.folded, second.folded)
        case .truth, .compare, .member, .known, .listed, .textTest, .matches, .element:
            self
        }
    }

    private init(_ value: Bool) {
        self = .truth(.constant(.boolean(value)))
    }

    private var decided: Bool? {
        guard case .truth(.constant(.boolean(let value))) = self else { return nil }
        return value
    }

    private var opposite: Logic { decided.map { Logic(!$0) } ?? .not(self) }

    private static func joined(
        _ parts: [Logic], neutral: Bool, _ make: ([Logic]) -> Logic
    ) -> Logic {
        var rest: [Logic] = []
        for part in parts {
            let folded = part.folded
            guard let value = folded.decided else {
                rest.append(folded)
                continue
            }
            if value != neutral { return folded }
        }
        if rest.isEmpty { return Logic(neutral) }
        return rest.count == 1 ? rest[0] : make(rest)
    }
}
