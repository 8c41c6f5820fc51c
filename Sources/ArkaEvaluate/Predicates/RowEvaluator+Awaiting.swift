import ArkaModel
import ArkaRules

/// Single rows while calls may be without an answer.
///
/// What reads such a call is neither known nor unknown: it is open, which whoever asks learns from
/// ``Columns/reading(_:)``. Evaluation goes on as if the value were unknown, so that it reads what it
/// would read then and no more.
extension RowEvaluator {
    /// Whether a field of a row is one that a call has still to answer.
    func isAwaited(_ field: FieldID, _ row: Int) -> Bool {
        columns.isAwaited(layout.callOfField[field.index], row)
    }

    /// Whether a predicate may change with the answers that are awaited.
    func isOpen(_ predicate: Predicate, _ row: Int) -> Bool {
        columns.reading { answer(predicate, row: row) }.isOpen
    }

    /// The field of a guard, if it is awaited.
    ///
    /// A guard stands beside what it guards, and only the two together are a comparison: of
    /// `b == (call.x ?? 1)` nothing depends on the call where `b` is unknown. So an open guard counts
    /// only where nothing else says what becomes of the whole.
    func awaitedGuard(_ condition: Condition, _ row: Int) -> FieldID? {
        guard case .leaf(let id, _) = condition,
            case .readable(let field, _) = predicates[id.index], isAwaited(field, row)
        else { return nil }
        return field
    }

    /// An answer that nobody may take for one.
    func awaited(_ row: Int) -> Answer {
        columns.noteAwaited()
        return .unknown(Reason(cause: .notCalled, field: FieldID(-1)))
    }

    /// Kleene's logic where a part may be open: one that decides leaves nothing open.
    func joinAwaiting(_ parts: [Condition], decidedBy decisive: Bool, _ row: Int) -> Answer {
        var reason: Reason?
        var isOpen = false
        var hasOpenGuard = false
        for part in parts {
            if awaitedGuard(part, row) != nil {
                hasOpenGuard = true
                continue
            }
            let (answer, isPartOpen) = columns.reading { evaluate(part, row) }
            if isPartOpen {
                isOpen = true
                continue
            }
            switch answer {
            case .known(decisive): return .known(decisive)
            case .known: continue
            case .unknown(let found): reason = reason ?? found
            }
        }
        if isOpen || hasOpenGuard && reason == nil { return awaited(row) }
        return reason.map { .unknown($0) } ?? .known(!decisive)
    }
}
