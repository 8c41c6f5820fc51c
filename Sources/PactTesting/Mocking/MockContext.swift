import ArkaModel
public import PactPlugins

/// What surrounds a call under test: a transaction and a jurisdiction.
public struct MockContext: Sendable, Hashable {
    /// The transaction, as its record would be.
    public var transaction: PluginValue
    /// The jurisdiction; `nil` for none.
    public var jurisdiction: String?
    /// The rule whose action it is; `nil` for a call in a condition.
    public var ruleID: String?

    /// Makes a context.
    public init(
        transaction: PluginValue = [:], jurisdiction: String? = nil, ruleID: String? = nil
    ) {
        self.transaction = transaction
        self.jurisdiction = jurisdiction
        self.ruleID = ruleID
    }

    /// The context as functions get it; the transaction's id is its `id`.
    public var pluginContext: PluginContext {
        var context = PluginContext(topology: "test", topic: "test")
        context.transaction = transaction
        context.transactionID = transaction["id"].flatMap { $0.text ?? $0.number?.description }
        context.jurisdiction = jurisdiction
        context.ruleID = ruleID
        return context
    }
}
