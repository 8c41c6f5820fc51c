public import ArkaConfig
public import ArkaEvaluate

extension EvaluationPlan {
    /// Prepares a topology's rule book; shared by all lanes, or by `eval`'s one.
    public init(_ topology: TopologySpec) {
        self.init(
            book: topology.rules.book, layout: topology.record, rulebookName: topology.name,
            rulebookDigest: ruleBookDigest(of: topology.rules), topology: topology.name,
            jurisdiction: topology.jurisdiction)
    }
}
