import ArkaModel

/// Looks for the calls that a condition still needs.
///
/// A part that is true or false without them decides what it is a part of: calls in other parts of an
/// `and` or `or` are then needed by nobody.
struct CallSearch {
    private let calls: [CheckedCall]
    private let walk: TreeWalk
    private let awaited: AwaitedCalls
    /// What was found: calls whose arguments are all there.
    private(set) var needed: Set<CallIndex> = []

    init(_ calls: [CheckedCall], _ walk: TreeWalk, _ awaited: AwaitedCalls) {
        self.calls = calls
        self.walk = walk
        self.awaited = awaited
    }

    /// What a condition comes to; `nil` where it is unknown, or needs calls: those are collected.
    mutating func truth(of logic: Logic) -> Bool? {
        let state = state(of: logic)
        guard case .open = state else { return state.value }
        collect(logic)
        return nil
    }

    private enum State {
        case settled(Bool?)
        /// It depends on a call.
        case open

        var value: Bool? {
            guard case .settled(let value) = self else { return nil }
            return value
        }
    }

    // MARK: Whether it is decided

    private func state(of logic: Logic) -> State {
        switch logic {
        case .not(let inner):
            let state = state(of: inner)
            guard case .settled(let value) = state else { return .open }
            return .settled(value.map { !$0 })
        case .all(let parts): return join(parts, decidedBy: false)
        case .any(let parts): return join(parts, decidedBy: true)
        default:
            let (outcome, isOpen) = awaited.observing { walk.evaluate(logic) }
            if isOpen { return .open }
            guard case .known(let value) = outcome else { return .settled(nil) }
            return .settled(value)
        }
    }

    private func join(_ parts: [Logic], decidedBy decisive: Bool) -> State {
        let states = parts.map { state(of: $0) }
        if states.contains(where: { $0.value == decisive }) { return .settled(decisive) }
        var isUnknown = false
        for state in states {
            guard case .settled(let value) = state else { return .open }
            isUnknown = isUnknown || value == nil
        }
        return .settled(isUnknown ? nil : !decisive)
    }

    // MARK: What it needs

    private mutating func collect(_ logic: Logic) {
        guard case .open = state(of: logic) else { return }
        switch logic {
        case .truth(let value): collect(value, as: .boolean)
        case .member(let value, _, let types), .listed(let value, _, let types):
            collect(value, as: types)
        case .matches(let value, _): collect(value, as: .text)
        case .compare(let a, _, let b, let types): collect(a, b, as: types)
        case .textTest(let a, _, let b):
            collect(a, as: .text)
            collect(b, as: .text)
        case .element(let field, let value, let types):
            collect(field)
            collect(value, as: types)
        case .known(let field): collect(field)
        case .either(let field, let first, let second):
            // While nobody knows what it is, what it is compared with is needed all the same.
            if isOpen(field) { return collect(first) }
            if case .value(.string) = walk.find(field) { collect(first) } else { collect(second) }
        case .not(let inner): collect(inner)
        case .all(let parts), .any(let parts):
            for part in parts { collect(part) }
        }
        assert(!needed.isEmpty, "what is open depends on a call that can be made")
    }

    /// The right side of a comparison is read as the left one turned out; while nobody knows, as the
    /// first of the types that the left one may have.
    private mutating func collect(_ a: Value, _ b: Value, as types: ValueTypes) {
        if case .quotient(let dividend, let divisor) = a {
            for value in [dividend, divisor, b] { collect(value, as: .number) }
            return
        }
        collect(a, as: types)
        // What stands in for an open call is a value that may not stay.
        let (left, isOpen) = awaited.observing { walk.evaluate(a, as: types) }
        guard !isOpen, case .known(let left) = left else {
            return collect(b, as: types.each[0])
        }
        collect(b, as: left.type)
    }

    private mutating func collect(_ value: Value, as types: ValueTypes) {
        switch value {
        case .constant: return
        case .field(let field), .count(let field): collect(field)
        case .length(let operand), .moment(let operand), .cased(_, let operand):
            collect(operand, as: .text)
        case .negate(let operand), .rounded(let operand, _, _), .magnitude(let operand),
            .part(_, let operand):
            collect(operand, as: .number)
        case .arithmetic(_, let a, let b), .quotient(let a, let b),
            .roundedQuotient(let a, let b, _, _):
            collect(a, as: .number)
            collect(b, as: .number)
        case .extreme(_, let values):
            for value in values { collect(value, as: .number) }
        case .joined(let pieces): collect(pieces)
        case .alternatives(let values): collect(first: values, as: types)
        }
    }

    /// What stands in for something is needed only once that is unknown.
    private mutating func collect(first values: [Value], as types: ValueTypes) {
        for value in values {
            let (outcome, isOpen) = awaited.observing { walk.evaluate(value, as: types) }
            if isOpen { return collect(value, as: types) }
            if case .known = outcome { return }
        }
    }

    /// Collects what a value on its way out of a rule needs.
    mutating func collect(_ output: Output) {
        switch output {
        case .null, .constant: return
        case .field(let field): collect(field)
        case .value(let value, _): collect(value, as: value.isText ? .text : .number)
        case .truth(let logic): collect(logic)
        case .text(let pieces): collect(pieces)
        case .list(let outputs):
            for output in outputs { collect(output) }
        case .first(let outputs):
            for output in outputs {
                let (outcome, isOpen) = awaited.observing { walk.value(of: output) }
                if isOpen { return collect(output) }
                if case .known = outcome { return }
            }
        }
    }

    private mutating func collect(_ pieces: [OutputPiece]) {
        for case .value(let output) in pieces { collect(output) }
    }

    private mutating func collect(_ field: FieldIndex) {
        guard case .call(let call, _) = walk.fields[field].place else { return }
        collect(call: call)
    }

    /// Collects a call, or what its arguments need first.
    private mutating func collect(call: CallIndex) {
        guard walk.answers[call] == nil else { return }
        let arguments = calls[call].arguments.map(\.value)
        let isOpen = awaited.observing { arguments.map { walk.value(of: $0) } }.isOpen
        guard isOpen else {
            needed.insert(call)
            return
        }
        for argument in arguments { collect(argument) }
    }

    private func isOpen(_ field: FieldIndex) -> Bool {
        awaited.observing { walk.find(field) }.isOpen
    }
}
