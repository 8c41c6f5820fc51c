import ArkaModel

/// Combines the masks of predicates to rules, and lists what happened row by row; one per lane.
final class RuleResults {
    private let programs: RulePrograms
    private let predicates: PredicateMasks
    // SAFETY: it points into `predicates`, held above; leaves are numbered when the plan is made, and
    // there is a mask for each.
    private let masks: UnsafeMutablePointer<RowMask>
    /// The rules that fired, sorted by row, then by file order.
    let fired = RowLists()
    /// The rules that ended unknown and say what then, likewise.
    let unknown = RowLists()
    /// For each rule how many rows it fired on; only those in ``firedRules`` are not zero.
    private(set) var fires: [Int]
    /// The rules that fired on any row.
    private(set) var firedRules: [Int] = []

    init(_ programs: RulePrograms, _ predicates: PredicateMasks) {
        self.programs = programs
        self.predicates = predicates
        masks = predicates.masks.base
        fires = [Int](repeating: 0, count: programs.rules.count)
    }

    /// Evaluates all rules for the rows that are transactions.
    func evaluate(active: RowMask) {
        for rule in firedRules { fires[rule] = 0 }
        firedRules.removeAll(keepingCapacity: true)
        fired.removeAll()
        unknown.removeAll()
        for index in 0..<programs.rules.count {
            let rule = programs.rules.base + index
            let isTrue = rows(rule, active)
            if !isTrue.isEmpty {
                fires[index] = isTrue.population
                firedRules.append(index)
                fired.append(rule: index, to: isTrue)
            }
            guard rule.pointee.unknownStatus != DecisionStatus.compliant.rawValue else { continue }
            let isUnknown = active & ~isTrue & ~falseRows(Int(rule.pointee.root))
            if !isUnknown.isEmpty { unknown.append(rule: index, to: isUnknown) }
        }
        fired.sort()
        unknown.sort()
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
            if masks[Int(node.mask)].contains(row) { return .yes }
            return masks[Int(node.mask ^ 1)].contains(row) ? .no : .unknown
        case .all: return children.reduce(.yes) { $0.and(truth($1, row)) }
        case .any: return children.reduce(.no) { $0.or(truth($1, row)) }
        }
    }
}
