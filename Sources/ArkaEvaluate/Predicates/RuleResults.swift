import ArkaModel

/// Combines the masks of predicates to rules, and lists what happened row by row; one per lane.
final class RuleResults {
    private let programs: RulePrograms
    private let predicates: PredicateMasks
    // SAFETY: it points into `predicates`, held above; leaves are numbered when the plan is made, and
    // there is a mask for each.
    private let masks: UnsafeMutablePointer<RowMask>
    /// Says which rules are worth a look; `nil` where all are looked at.
    private let candidates: RuleCandidates?
    /// The rules that fired, sorted by row, then by file order.
    let fired = RowLists()
    /// The rules that ended unknown and say what then, likewise.
    let unknown = RowLists()
    /// For each rule how many rows it fired on; only those in ``firedRules`` are not zero.
    private(set) var fires: [Int]
    /// The rules that fired on any row.
    private(set) var firedRules: [Int] = []

    init(
        _ programs: RulePrograms, _ predicates: PredicateMasks, candidates: RuleCandidates?
    ) {
        self.programs = programs
        self.predicates = predicates
        self.candidates = candidates
        masks = predicates.masks.base
        fires = [Int](repeating: 0, count: programs.rules.count)
    }

    /// Evaluates all rules for the rows that are transactions.
    func evaluate(active: RowMask) {
        for rule in firedRules { fires[rule] = 0 }
        firedRules.removeAll(keepingCapacity: true)
        fired.removeAll()
        unknown.removeAll()
        if let candidates {
            candidates.find(active: active)
            for index in 0..<programs.rules.count where candidates.contains(index) {
                settle(index, active, onDemand: true)
            }
        } else {
            for index in 0..<programs.rules.count {
                settle(index, active, onDemand: programs.rules.base[index].isDear)
            }
        }
        fired.sort()
        unknown.sort()
    }

    /// Lists the rows on which a rule fires or ends unknown.
    /// - Parameter onDemand: Whether its predicates may not have been evaluated yet.
    @inline(__always) private func settle(_ index: Int, _ active: RowMask, onDemand: Bool) {
        let rule = programs.rules.base + index
        let isTrue = onDemand ? rowsOnDemand(rule, active) : rows(rule, active)
        if !isTrue.isEmpty {
            fires[index] = isTrue.population
            firedRules.append(index)
            fired.append(rule: index, to: isTrue)
        }
        guard rule.pointee.unknownStatus != DecisionStatus.compliant.rawValue else { return }
        let rest = active & ~isTrue
        let root = Int(rule.pointee.root)
        let isUnknown = rest & ~(onDemand ? falseRows(root, among: rest) : falseRows(root))
        if !isUnknown.isEmpty { unknown.append(rule: index, to: isUnknown) }
    }

    /// Where a rule is true. Stops as soon as no row is left.
    @inline(__always) private func rows(
        _ rule: UnsafePointer<RulePrograms.Rule>, _ active: RowMask
    ) -> RowMask {
        var mask = active
        let leaves = programs.leaves.base + Int(rule.pointee.firstLeaf)
        for index in 0..<Int(rule.pointee.leafCount) {
            mask &= masks[Int(leaves[index])]
            if mask.isEmpty { return mask }
        }
        let branches = programs.branches.base + Int(rule.pointee.firstBranch)
        for index in 0..<Int(rule.pointee.branchCount) {
            mask &= trueRows(Int(branches[index]))
            if mask.isEmpty { return mask }
        }
        return mask
    }

    /// Where a condition is true.
    private func trueRows(_ index: Int) -> RowMask {
        let node = programs.nodes.base[index]
        let children = Int(node.first)..<Int(node.first + node.count)
        switch node.kind {
        case .leaf: return masks[Int(node.mask)]
        case .all: return children.reduce(RowMask.all) { $0 & trueRows($1) }
        case .any: return children.reduce(RowMask.none) { $0 | trueRows($1) }
        }
    }

    /// Where a condition is false: an AND where one child is, an OR where all are.
    private func falseRows(_ index: Int) -> RowMask {
        let node = programs.nodes.base[index]
        let children = Int(node.first)..<Int(node.first + node.count)
        switch node.kind {
        case .leaf: return masks[Int(node.mask ^ 1)]
        case .all: return children.reduce(RowMask.none) { $0 | falseRows($1) }
        case .any: return children.reduce(RowMask.all) { $0 & falseRows($1) }
        }
    }

    /// Why a rule is unknown for a row: the reason of the first unknown child, all the way down.
    func reason(rule: Int, row: Int) -> RowEvaluator.Reason? {
        let root = Int(programs.rules.base[rule].root)
        guard let leaf = firstUnknownLeaf(root, row) else { return nil }
        return predicates.reason(leaf, row: row)
    }

    private func firstUnknownLeaf(_ index: Int, _ row: Int) -> Int? {
        let node = programs.nodes.base[index]
        guard truth(index, row) == .unknown else { return nil }
        if node.kind == .leaf { return Int(node.mask) / 2 }
        for child in Int(node.first)..<Int(node.first + node.count) {
            if let leaf = firstUnknownLeaf(child, row) { return leaf }
        }
        return nil
    }

    private func truth(_ index: Int, _ row: Int) -> Truth {
        let node = programs.nodes.base[index]
        let children = Int(node.first)..<Int(node.first + node.count)
        switch node.kind {
        case .leaf:
            var only = RowMask.none
            only.set(row, to: true)
            predicates.demand(Int(node.mask) / 2, among: only)
            if masks[Int(node.mask)].contains(row) { return .yes }
            return masks[Int(node.mask ^ 1)].contains(row) ? .no : .unknown
        case .all: return children.reduce(.yes) { $0.and(truth($1, row)) }
        case .any: return children.reduce(.no) { $0.or(truth($1, row)) }
        }
    }
}

/// Rules whose predicates are evaluated on demand: each part is asked only for the rows that the
/// parts before it left open.
extension RuleResults {
    /// Where a rule is true: parts that are not dear come first.
    private func rowsOnDemand(
        _ rule: UnsafePointer<RulePrograms.Rule>, _ active: RowMask
    ) -> RowMask {
        var mask = active
        let leafCount = Int(rule.pointee.leafCount)
        let cheapLeafCount = Int(rule.pointee.cheapLeafCount)
        let branchCount = Int(rule.pointee.branchCount)
        let cheapBranchCount = Int(rule.pointee.cheapBranchCount)
        narrow(&mask, toLeaves: 0..<cheapLeafCount, of: rule)
        narrow(&mask, toBranches: 0..<cheapBranchCount, of: rule)
        narrow(&mask, toLeaves: cheapLeafCount..<leafCount, of: rule)
        narrow(&mask, toBranches: cheapBranchCount..<branchCount, of: rule)
        return mask
    }

    @inline(__always) private func narrow(
        _ mask: inout RowMask, toLeaves range: Range<Int>,
        of rule: UnsafePointer<RulePrograms.Rule>
    ) {
        let leaves = programs.leaves.base + Int(rule.pointee.firstLeaf)
        for index in range {
            if mask.isEmpty { return }
            let leaf = Int(leaves[index])
            predicates.demand(leaf >> 1, among: mask)
            mask &= masks[leaf]
        }
    }

    @inline(__always) private func narrow(
        _ mask: inout RowMask, toBranches range: Range<Int>,
        of rule: UnsafePointer<RulePrograms.Rule>
    ) {
        let branches = programs.branches.base + Int(rule.pointee.firstBranch)
        for index in range {
            if mask.isEmpty { return }
            mask = trueRows(Int(branches[index]), among: mask)
        }
    }

    /// The rows among these where a condition is true.
    private func trueRows(_ index: Int, among rows: RowMask) -> RowMask {
        let node = programs.nodes.base[index]
        switch node.kind {
        case .leaf:
            predicates.demand(Int(node.mask) >> 1, among: rows)
            return rows & masks[Int(node.mask)]
        case .all:
            var left = rows
            forEachChild(node) { child in
                if !left.isEmpty { left = trueRows(child, among: left) }
            }
            return left
        case .any:
            var left = rows
            forEachChild(node) { child in
                if !left.isEmpty { left &= ~trueRows(child, among: left) }
            }
            return rows & ~left
        }
    }

    /// The rows among these where a condition is false.
    private func falseRows(_ index: Int, among rows: RowMask) -> RowMask {
        let node = programs.nodes.base[index]
        switch node.kind {
        case .leaf:
            predicates.demand(Int(node.mask) >> 1, among: rows)
            return rows & masks[Int(node.mask ^ 1)]
        case .all:
            var left = rows
            forEachChild(node) { child in
                if !left.isEmpty { left &= ~falseRows(child, among: left) }
            }
            return rows & ~left
        case .any:
            var left = rows
            forEachChild(node) { child in
                if !left.isEmpty { left = falseRows(child, among: left) }
            }
            return left
        }
    }

    /// Visits the children of a condition, those that are not dear first: which is visited first
    /// decides what is evaluated, never what comes out.
    @inline(__always) private func forEachChild(
        _ node: RulePrograms.Node, _ body: (Int) -> Void
    ) {
        let children = Int(node.first)..<Int(node.first + node.count)
        for child in children where !programs.nodes.base[child].isDear { body(child) }
        guard node.isDear else { return }
        for child in children where programs.nodes.base[child].isDear { body(child) }
    }
}
