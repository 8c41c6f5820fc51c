import ArkaResilience
import ArkaStream
import PactPlugins

/// A call of a row that was started and has not ended: what it asks, and where its answer goes.
struct AskedCall: Sendable {
    /// Where its answer goes.
    let inbox: LaneInbox
    /// The name under which its row waits.
    let ticket: Int
    /// The call, as its index in the rule book.
    let call: Int
    /// One per parameter of the function.
    let arguments: [PluginValue?]
    /// The record that asks.
    let context: PluginContext

    func functionCall(timeLeft: Duration) -> FunctionCall {
        FunctionCall(arguments: arguments, context: context, timeLeft: timeLeft)
    }
}

/// What all calls of a lane tell of who asks.
public struct LaneContext: Sendable, Hashable {
    /// The topology's name.
    public var topology: String
    /// The jurisdiction that the topology declares.
    public var jurisdiction: String?
    /// Whether records come from a file, which has no partitions.
    public var readsFile: Bool

    /// Makes a context.
    public init(topology: String, jurisdiction: String? = nil, readsFile: Bool = false) {
        self.topology = topology
        self.jurisdiction = jurisdiction
        self.readsFile = readsFile
    }

    /// What all records of one topic tell.
    func plugin(topic: String) -> PluginContext {
        var context = PluginContext(topology: topology, topic: topic)
        context.jurisdiction = jurisdiction
        return context
    }
}
