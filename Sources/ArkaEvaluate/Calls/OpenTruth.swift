import ArkaRules

/// What a condition is for some rows while calls may be without an answer. Rows in none of the masks
/// are unknown.
struct OpenTruth {
    /// True, whatever calls answer.
    var yes = RowMask.none
    /// False, whatever calls answer.
    var no = RowMask.none
    /// It depends on calls.
    var open = RowMask.none
    /// It is a guard that depends on calls: see ``RowEvaluator/awaitedGuard(_:_:)``.
    var guarded = RowMask.none
}

/// Evaluates conditions over masks while calls may be without an answer; one per lane.
final class OpenConditions {
    private let plan: CallPlan
    private let programs: RulePrograms
    private let masks: PredicateMasks
    private let columns: Columns
    private let predicates: [Predicate]
    private let rows: RowEvaluator

    init(
        _ plan: CallPlan, _ programs: RulePrograms, _ predicates: PredicatePlan,
        _ masks: PredicateMasks, _ columns: Columns
    ) {
        self.plan = plan
        self.programs = programs
        self.masks = masks
        self.columns = columns
        self.predicates = predicates.predicates
        rows = RowEvaluator(predicates, columns: columns)
    }

    /// What a condition is for these rows.
    func truth(_ index: Int, among rows: RowMask) -> OpenTruth {
        let node = programs.nodes.base[index]
        return switch node.kind {
        case .leaf: leaf(node, rows)
        case .all: all(node, rows)
        case .any: any(node, rows)
        }
    }

    /// The rows among these for which a predicate depends on calls.
    func openRows(_ id: Int, among rows: RowMask) -> RowMask {
        let calls = plan.callsOfPredicate[id]
        if calls.isEmpty { return .none }
        let awaited = rows & calls.reduce(RowMask.none) { $0 | columns.awaited.base[$1] }
        // Whoever reads one field reads it always; of several, one may keep another from being read.
        if awaited.isEmpty || plan.readsOneField[id] { return awaited }
        var open = RowMask.none
        awaited.forEachRow { row in
            if self.rows.isOpen(predicates[id], row) { open.set(row, to: true) }
        }
        return open
    }

    private func leaf(_ node: RulePrograms.Node, _ rows: RowMask) -> OpenTruth {
        let id = Int(node.mask) / 2
        let open = openRows(id, among: rows)
        let rest = rows & ~open
        if !rest.isEmpty { masks.demand(id, among: rest) }
        let base = masks.masks.base
        var truth = OpenTruth()
        truth.yes = base[Int(node.mask)] & rest
        truth.no = base[Int(node.mask ^ 1)] & rest
        if plan.isGuard[id] { truth.guarded = open } else { truth.open = open }
        return truth
    }

    private func all(_ node: RulePrograms.Node, _ rows: RowMask) -> OpenTruth {
        let (decided, rest) = join(node, rows, decidedBy: false)
        return OpenTruth(yes: rest.same, no: decided, open: rest.open)
    }

    private func any(_ node: RulePrograms.Node, _ rows: RowMask) -> OpenTruth {
        let (decided, rest) = join(node, rows, decidedBy: true)
        return OpenTruth(yes: decided, no: rest.same, open: rest.open)
    }

    /// Where one child decides, and of the other rows those where all children say the opposite and
    /// those that depend on calls.
    private func join(
        _ node: RulePrograms.Node, _ rows: RowMask, decidedBy decisive: Bool
    ) -> (decided: RowMask, rest: (same: RowMask, open: RowMask)) {
        var left = rows
        var open = RowMask.none
        var guarded = RowMask.none
        var unknown = RowMask.none
        func visit(_ child: Int) {
            if left.isEmpty { return }
            let truth = truth(child, among: left)
            open |= truth.open
            guarded |= truth.guarded
            unknown |= left & ~(truth.yes | truth.no | truth.open | truth.guarded)
            left &= ~(decisive ? truth.yes : truth.no)
        }
        let children = Int(node.first)..<Int(node.first + node.count)
        // Cheap ones first, so that few rows are left for the others.
        for child in children where !plan.nodeReads[child] { visit(child) }
        for child in children where plan.nodeReads[child] { visit(child) }
        open &= left
        // An open guard counts only where nothing else says what becomes of the whole.
        open |= guarded & left & ~unknown
        return (rows & ~left, (left & ~open & ~unknown, open))
    }
}
