import ArkaModel
import ArkaRules

/// Finds the calls without an answer that rows need now; one per lane.
///
/// A part of a condition that is true or false without calls decides what it is a part of: calls in
/// other parts are then needed by nobody. What stands in for something is needed only once that is
/// unknown, and what a call is given is needed before the call. So the calls of a round are those that
/// `RuleInterpreter.decide` makes in its own.
final class CallNeeds {
    private let plan: CallPlan
    private let programs: RulePrograms
    private let conditions: OpenConditions
    private let columns: Columns
    private let predicates: [Predicate]
    private let callOfField: [Int32]
    private let rows: RowEvaluator
    private var text = OutputText()
    /// Of each call the rows that need it.
    let needed: LaneArray<RowMask>
    /// Whether any row needs any.
    private(set) var isEmpty = true

    init(
        _ plan: CallPlan, _ programs: RulePrograms, _ predicates: PredicatePlan,
        _ masks: PredicateMasks, _ columns: Columns
    ) {
        self.plan = plan
        self.programs = programs
        conditions = OpenConditions(plan, programs, predicates, masks, columns)
        self.columns = columns
        self.predicates = predicates.predicates
        callOfField = predicates.layout.callOfField
        rows = RowEvaluator(predicates, columns: columns)
        needed = LaneArray(repeating: .none, count: plan.calls.count)
    }

    /// Looks for what some rows need.
    func find(among rows: RowMask) {
        isEmpty = true
        needed.base.update(repeating: .none, count: needed.count)
        for rule in plan.rules { find(rule, rows) }
    }

    private func find(_ rule: CallPlan.Rule, _ rows: RowMask) {
        var asking = rows
        if !rule.isConditional {
            // Only what the actions say may need calls.
            asking &= awaited(rule.outputCalls)
            if asking.isEmpty { return }
        }
        let truth = conditions.truth(rule.root, among: asking)
        collect(rule.root, among: truth.open | truth.guarded)
        let fired = truth.yes & awaited(rule.outputCalls)
        fired.forEachRow { row in
            for output in rule.outputs { collect(output, row) }
        }
    }

    private func awaited(_ calls: [Int]) -> RowMask {
        calls.reduce(.none) { $0 | columns.awaited.base[$1] }
    }

    // MARK: Conditions of rules, for many rows

    private func collect(_ index: Int, among rows: RowMask) {
        if rows.isEmpty || !plan.nodeReads[index] { return }
        let truth = conditions.truth(index, among: rows)
        let open = truth.open | truth.guarded
        if open.isEmpty { return }
        let node = programs.nodes.base[index]
        if node.kind == .leaf { return collect(predicate: Int(node.mask) / 2, among: open) }
        let children = Int(node.first)..<Int(node.first + node.count)
        var rest = open
        if node.kind == .all {
            for child in children { rest &= ~awaitedFirst(child, rest) }
        }
        for child in children { collect(child, among: rest) }
    }

    /// Collects what the guard of a second alternative waits for: until it is there, nobody needs the
    /// alternative.
    /// - Returns: The rows that wait.
    private func awaitedFirst(_ child: Int, _ rows: RowMask) -> RowMask {
        let node = programs.nodes.base[child]
        let id = Int(node.mask) / 2
        guard node.kind == .leaf, node.mask & 1 != 0, plan.isGuard[id] else { return .none }
        let waiting = conditions.openRows(id, among: rows)
        collect(predicate: id, among: waiting)
        return waiting
    }

    private func collect(predicate id: Int, among rows: RowMask) {
        let calls = plan.callsOfPredicate[id]
        if plan.readsOneField[id], calls.count == 1 { return collect(call: calls[0], among: rows) }
        rows.forEachRow { collect(predicates[id], $0) }
    }

    private func collect(call: Int, among rows: RowMask) {
        let missing = rows & columns.awaited.base[call]
        if missing.isEmpty { return }
        let unready = missing & awaited(plan.argumentCalls[call])
        need(call, missing & ~unready)
        unready.forEachRow { collect(call: call, $0) }
    }

    private func need(_ call: Int, _ rows: RowMask) {
        guard !rows.isEmpty else { return }
        needed.base[call] |= rows
        isEmpty = false
    }
}

/// What is looked for row by row.
extension CallNeeds {
    private func collect(_ field: FieldID, _ row: Int) {
        let call = callOfField[field.index]
        if call >= 0 { collect(call: Int(call), row) }
    }

    /// Collects a call, or what its arguments need first.
    private func collect(call: Int, _ row: Int) {
        guard columns.awaited.base[call].contains(row) else { return }
        guard hasOpenArguments(call, row) else {
            var only = RowMask.none
            only.set(row, to: true)
            return need(call, only)
        }
        for argument in plan.calls[call].arguments { collect(argument.value, row) }
    }

    private func hasOpenArguments(_ call: Int, _ row: Int) -> Bool {
        !plan.argumentCalls[call].isEmpty
            && plan.calls[call].arguments.contains { outcome($0.value, row) == .open }
    }

    private func collect(_ condition: Condition, _ row: Int) {
        guard columns.reading({ rows.evaluate(condition, row) }).isOpen else { return }
        switch condition {
        case .leaf(let id, _): collect(predicates[id.index], row)
        case .all(let parts):
            let waiting = parts.compactMap { part -> FieldID? in
                guard case .leaf(_, negated: true) = part else { return nil }
                return rows.awaitedGuard(part, row)
            }
            guard waiting.isEmpty else {
                for field in waiting { collect(field, row) }
                return
            }
            for part in parts { collect(part, row) }
        case .any(let parts): for part in parts { collect(part, row) }
        }
    }

    private func collect(_ predicate: Predicate, _ row: Int) {
        switch predicate {
        case .constant: break
        case .number, .numberIn, .textIn, .text, .isTrue, .known, .readable, .texts,
            .booleansEqual:
            for field in predicate.fields { collect(field, row) }
        case .arithmetic(let a, _, let b): for term in [a, b] { collect(term, row) }
        case .ratio(let a, let b, _, let c): for term in [a, b, c] { collect(term, row) }
        case .textTest(let text, let test):
            collect(text, row)
            test.other.map { collect($0, row) }
        case .listed(let text, _): collect(text, row)
        case .numberListed(let term, _): collect(term, row)
        case .element(let field, let value):
            collect(field, row)
            switch value {
            case .text(let text): collect(text, row)
            case .number(let term): collect(term, row)
            case .boolean(let field): collect(field, row)
            case .constant: break
            }
        }
    }

    private func collect(_ term: Term, _ row: Int) {
        switch term {
        case .constant: break
        case .field(let field), .count(let field): collect(field, row)
        case .negate(let inner), .magnitude(let inner), .rounded(let inner, _, _),
            .part(_, let inner):
            collect(inner, row)
        case .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b),
            .roundedQuotient(let a, let b, _, _):
            for term in [a, b] { collect(term, row) }
        case .extreme(_, let terms): for term in terms { collect(term, row) }
        case .length(let text), .moment(let text): collect(text, row)
        case .either: collect(first: term, row)
        }
    }

    private func collect(first term: Term, _ row: Int) {
        guard case .either(let value, let rest) = term else {
            if outcome(of: { rows.value(term, row) }) == .open { collect(term, row) }
            return
        }
        switch outcome(of: { rows.value(value, row) }) {
        case .open: collect(value, row)
        case .known: break
        case .unknown: collect(first: rest, row)
        }
    }

    private func collect(_ text: TextTerm, _ row: Int) {
        switch text {
        case .constant: break
        case .field(let field): collect(field, row)
        case .changed(_, let inner): collect(inner, row)
        case .joined(let pieces): collect(pieces, row)
        case .either: collect(first: text, row)
        }
    }

    private func collect(first text: TextTerm, _ row: Int) {
        guard case .either(let value, let rest) = text else {
            if outcome(of: { rows.text(text, row) }) == .open { collect(text, row) }
            return
        }
        switch outcome(of: { rows.text(value, row) }) {
        case .open: collect(value, row)
        case .known: break
        case .unknown: collect(first: rest, row)
        }
    }

    private func collect(_ pieces: [OutputValue.OutputPiece], _ row: Int) {
        for case .value(let output) in pieces { collect(output, row) }
    }

    private func collect(_ output: OutputValue, _ row: Int) {
        switch output {
        case .json: break
        case .field(let field): collect(field, row)
        case .number(let term, _): collect(term, row)
        case .text(let text): collect(text, row)
        case .truth(let condition): collect(condition, row)
        case .joined(let pieces): collect(pieces, row)
        case .list(let outputs): for output in outputs { collect(output, row) }
        case .first(let outputs):
            for output in outputs {
                switch outcome(output, row) {
                case .open: return collect(output, row)
                case .known: return
                case .unknown: continue
                }
            }
        }
    }

    // MARK: How far a value has come

    private enum Outcome { case open, known, unknown }

    private func outcome(_ output: OutputValue, _ row: Int) -> Outcome {
        columns.computed.removeAll()
        text.bytes.removeAll(keepingCapacity: true)
        let (reason, isOpen) = columns.reading { rows.write(output, row, as: .json, to: &text) }
        return isOpen ? .open : reason == nil ? .known : .unknown
    }

    private func outcome<Value>(of body: () -> Operand<Value>) -> Outcome {
        columns.computed.removeAll()
        let (operand, isOpen) = columns.reading(body)
        if isOpen { return .open }
        guard case .known = operand else { return .unknown }
        return .known
    }
}
