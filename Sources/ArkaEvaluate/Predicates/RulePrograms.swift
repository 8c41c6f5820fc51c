import ArkaModel
import ArkaRules

/// The conditions of all rules as flat tables over masks. Immutable and shared by all lanes.
struct RulePrograms: Sendable {
    /// All conditions; the children of one stand together, in source order.
    let nodes: FrozenArray<Node>
    /// The rules, in file order.
    let rules: FrozenArray<Rule>
    /// Masks that must all hold, rule after rule, likely the rarest first.
    let leaves: FrozenArray<Int32>
    /// Conditions that must hold besides, as indices of ``nodes``.
    let branches: FrozenArray<Int32>

    /// A condition.
    struct Node: BitwiseCopyable, Sendable {
        enum Kind: UInt8, BitwiseCopyable, Sendable { case leaf, all, any }
        var kind = Kind.leaf
        /// Of a leaf: the index of its mask; that of the opposite differs in the lowest bit.
        var mask: Int32 = 0
        /// Of the others: the first child, and how many there are.
        var first: Int32 = 0
        var count: Int32 = 0
        /// Whether a predicate in it is evaluated row by row.
        var isDear = false
    }

    /// A rule: an AND of leaves and branches, those that are not dear first.
    struct Rule: BitwiseCopyable, Sendable {
        var root: Int32 = 0
        var firstLeaf: Int32 = 0
        var leafCount: Int32 = 0
        /// How many of the leaves are not dear.
        var cheapLeafCount: Int32 = 0
        var firstBranch: Int32 = 0
        var branchCount: Int32 = 0
        /// How many of the branches are not dear.
        var cheapBranchCount: Int32 = 0
        /// Whether any part of it is.
        var isDear = false
        /// The status that it gives when it fires.
        var status = DecisionStatus.compliant.rawValue
        /// The status that it gives when it is unknown; `compliant` if nothing becomes of that.
        var unknownStatus = DecisionStatus.compliant.rawValue
    }

    init(_ book: RuleBook, _ plan: PredicatePlan) {
        var compiler = RuleCompiler(predicates: book.predicates, plan: plan)
        rules = FrozenArray(book.rules.map { compiler.compile($0) })
        nodes = FrozenArray(compiler.nodes)
        leaves = FrozenArray(compiler.leaves)
        branches = FrozenArray(compiler.branches)
    }
}

private struct RuleCompiler {
    let predicates: [Predicate]
    let plan: PredicatePlan
    var nodes: [RulePrograms.Node] = []
    var leaves: [Int32] = []
    var branches: [Int32] = []

    mutating func compile(_ rule: PlannedRule) -> RulePrograms.Rule {
        var compiled = RulePrograms.Rule()
        compiled.root = Int32(nodes.count)
        nodes.append(RulePrograms.Node())
        fill(Int(compiled.root), rule.condition)
        compiled.status = (rule.actions.map(\.status).max() ?? .compliant).rawValue
        compiled.unknownStatus = (rule.onUnknown.status ?? .compliant).rawValue
        compiled.firstLeaf = Int32(leaves.count)
        compiled.firstBranch = Int32(branches.count)
        var found = Parts()
        flatten(Int(compiled.root), &found)
        leaves += found.leaves.sorted { rarity($0) < rarity($1) }
        branches += found.branches.filter { !nodes[Int($0)].isDear }
        compiled.cheapBranchCount = Int32(branches.count) - compiled.firstBranch
        branches += found.branches.filter { nodes[Int($0)].isDear }
        compiled.leafCount = Int32(leaves.count) - compiled.firstLeaf
        compiled.cheapLeafCount = Int32(found.leaves.count { !isDear($0) })
        compiled.branchCount = Int32(branches.count) - compiled.firstBranch
        compiled.isDear = nodes[Int(compiled.root)].isDear
        return compiled
    }

    /// The parts of a rule that must all hold.
    private struct Parts {
        var leaves: [Int32] = []
        var branches: [Int32] = []
    }

    private func isDear(_ mask: Int32) -> Bool { plan.kernels[Int(mask) / 2].isDear }

    private mutating func fill(_ index: Int, _ condition: Condition) {
        switch condition {
        case .leaf(let id, let negated):
            nodes[index].mask = Int32(2 * id.index + (negated ? 1 : 0))
            nodes[index].isDear = isDear(nodes[index].mask)
        case .all(let children): fill(index, .all, children)
        case .any(let children): fill(index, .any, children)
        }
    }

    private mutating func fill(
        _ index: Int, _ kind: RulePrograms.Node.Kind, _ children: [Condition]
    ) {
        let first = nodes.count
        nodes[index].kind = kind
        nodes[index].first = Int32(first)
        nodes[index].count = Int32(children.count)
        nodes += [RulePrograms.Node](repeating: RulePrograms.Node(), count: children.count)
        for (offset, child) in children.enumerated() { fill(first + offset, child) }
        nodes[index].isDear = nodes[first..<(first + children.count)].contains(where: \.isDear)
    }

    private func flatten(_ index: Int, _ found: inout Parts) {
        let node = nodes[index]
        switch node.kind {
        case .leaf: found.leaves.append(node.mask)
        case .any: found.branches.append(Int32(index))
        case .all:
            for child in Int(node.first)..<Int(node.first + node.count) {
                flatten(child, &found)
            }
        }
    }

    /// A guess at how seldom a mask has a bit, smaller being rarer: it decides how early the AND of
    /// a rule comes out empty, never what it is.
    private func rarity(_ mask: Int32) -> Int {
        // Those that are evaluated row by row come last, so that few rows are left for them.
        if isDear(mask) { return 10 }
        if mask & 1 != 0 { return 6 }
        return switch predicates[Int(mask) / 2] {
        case .constant: 0
        case .textIn(_, let list): list.count == 1 ? 1 : 2
        case .number(_, .equal, _), .numberIn: 1
        case .isTrue: 2
        case .number, .arithmetic, .ratio: 3
        case .text, .texts, .booleansEqual, .textTest, .listed, .numberListed, .element: 4
        case .known, .readable: 5
        }
    }
}
