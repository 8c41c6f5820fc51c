import ArkaModel
import ArkaRules
import ArkaText

// Three-valued logic.
extension SlowEvaluator {
    private func holds(_ predicate: ArkaRules.Predicate, _ record: Transaction) throws(Unknown)
        -> Bool
    {
        switch predicate {
        case .constant(let value): return value
        case .known(let field): return (try? known(field, record)) != nil
        case .readable(let field, let uses):
            return isReadable(field, uses, record)
        case .number(let field, let comparison, let constant):
            return compare(try number(field, record), comparison, constant, <)
        case .numberIn(let field, let list): return list.contains(try number(field, record))
        case .textIn(let field, let list): return list.contains(try text(field, record))
        case .text(let field, let comparison, let constant):
            return compare(try text(field, record), comparison, constant) {
                $0.lexicographicallyPrecedes($1)
            }
        case .texts(let a, let comparison, let b):
            let x = try text(a, record)
            return compare(x, comparison, try text(b, record)) { $0.lexicographicallyPrecedes($1) }
        case .isTrue(let field): return try boolean(field, record)
        case .booleansEqual(let a, let b):
            let x = try boolean(a, record)
            return x == (try boolean(b, record))
        case .arithmetic(let a, let comparison, let b):
            let x = try value(a, record)
            return compare(x, comparison, try value(b, record), <)
        case .ratio(let dividend, let divisor, let comparison, let other):
            let a = try value(dividend, record)
            let b = try value(divisor, record)
            if b == .zero {
                throw Unknown(cause: .dividedByZero, field: divisor.fields.first ?? FieldID(-1))
            }
            let c = try value(other, record)
            let ordering = ExactDecimal.compare(quotientOf: a, by: b, with: c) ?? .same
            return compare(Int(ordering.rawValue), comparison, 0, <)
        case .textTest(let text, let test):
            return try holds(try self.text(text, record), test, record)
        case .listed(let text, let list):
            guard case .texts(_, let texts) = book.lists[list.index] else { fatalError() }
            return texts.contains(try self.text(text, record))
        case .numberListed(let term, let list):
            guard case .numbers(_, let numbers) = book.lists[list.index] else { fatalError() }
            return numbers.contains(try value(term, record))
        case .element(let array, let wanted): return try element(array, wanted, record)
        }
    }

    private func holds(
        _ text: [UInt8], _ test: TextTest, _ record: Transaction
    ) throws(Unknown) -> Bool {
        switch test {
        case .compared(let comparison, let other):
            return compare(text, comparison, try self.text(other, record)) {
                $0.lexicographicallyPrecedes($1)
            }
        case .isIn(let list): return list.contains(text)
        case .contains(let other):
            let part = try self.text(other, record)
            return part.isEmpty || text.indices.contains { text[$0...].starts(with: part) }
        case .startsWith(let other): return text.starts(with: try self.text(other, record))
        case .endsWith(let other):
            return text.reversed().starts(with: try self.text(other, record).reversed())
        case .matches(let pattern): return pattern.pattern.matches(text)
        }
    }

    private func element(
        _ array: FieldID, _ wanted: ElementValue, _ record: Transaction
    ) throws(Unknown) -> Bool {
        let elements = try self.array(array, record)
        switch wanted {
        case .text(let term):
            let text = try self.text(term, record)
            return elements.contains { if case .string(text, _) = $0 { true } else { false } }
        case .number(let term):
            let number = try value(term, record)
            return elements.contains {
                guard case .number(let digits) = $0 else { return false }
                return (try? ExactDecimal(json: digits)) == number
            }
        case .constant(let value): return hasBoolean(elements, value)
        case .boolean(let field): return hasBoolean(elements, try boolean(field, record))
        }
    }

    private func hasBoolean(_ elements: [SlowJSON], _ value: Bool) -> Bool {
        elements.contains { if case .boolean(value) = $0 { true } else { false } }
    }

    /// What a condition is, and if it is unknown, why.
    func evaluate(
        _ condition: Condition, _ record: Transaction
    ) throws(Unknown) -> Bool {
        switch truth(condition, record) {
        case .yes: return true
        case .no: return false
        case .unknown: throw reason(condition, record) ?? Unknown(cause: .absent)
        }
    }

    func truth(_ condition: Condition, _ record: Transaction) -> Truth {
        switch condition {
        case .leaf(let id, let negated):
            guard let value = try? holds(book.predicates[id.index], record) else { return .unknown }
            return Truth(value != negated)
        case .all(let children):
            return children.reduce(.yes) { $0.and(truth($1, record)) }
        case .any(let children):
            return children.reduce(.no) { $0.or(truth($1, record)) }
        }
    }

    func reason(_ condition: Condition, _ record: Transaction) -> Unknown? {
        guard truth(condition, record) == .unknown else { return nil }
        switch condition {
        case .leaf(let id, _):
            do {
                _ = try holds(book.predicates[id.index], record)
                return nil
            } catch {
                return error
            }
        case .all(let children), .any(let children):
            return children.lazy.compactMap { reason($0, record) }.first
        }
    }
}
