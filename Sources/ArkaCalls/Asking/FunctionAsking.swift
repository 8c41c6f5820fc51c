import ArkaModel
import ArkaResilience
import ArkaStream
import PactPlugins

/// What a lane keeps for asking one function.
final class FunctionAsking {
    /// The function, as its index in the plan.
    let function: Int
    /// As rules call it.
    let path: String
    let isImmediate: Bool
    /// The plugin, as rules call it.
    let plugin: String
    /// Whether it is not asked, whatever rows want.
    var isWithheld = false
    /// Whether it is called on the spot, and none of its calls waits where there is a place for it.
    let isDirect: Bool
    /// Whether answers are kept.
    let keepsAnswers: Bool
    /// Questions that it takes at once.
    let itemsMax: Int
    /// What one call may take.
    let limit: Duration
    private let calls: [PlannedArguments]
    private let defaults: [DefaultArgument?]
    /// Writes keys; `nil` while the lane asks.
    private var writer: CallKeyWriter?
    /// For each parameter the last list or object that was handed over: rules that name one name the
    /// same for all rows, and reading it costs more than all else of a call.
    private var documents: [(json: [UInt8], value: PluginValue)?]

    init(_ index: Int, of plan: CallPlan) {
        let planned = plan.functions[index]
        function = index
        path = planned.path
        isImmediate = planned.isImmediate
        plugin = planned.registered.signature.plugin
        isDirect = planned.policy.allowsDirectCalls
        keepsAnswers = planned.policy.cacheTTL > .zero
        itemsMax = planned.policy.batchItemsMax
        limit = planned.policy.limits.smallest.limit
        calls = plan.calls
        defaults = planned.defaults
        writer = CallKeyWriter(planned.shape)
        documents = defaults.map { _ in nil }
    }

    /// Lends the writer of keys, so that a round's questions use it as a plain value.
    func takeWriter() -> CallKeyWriter {
        guard let taken = writer.take() else { preconditionFailure("one round asks at a time") }
        return taken
    }

    func giveBack(_ writer: consuming CallKeyWriter) {
        self.writer = writer
    }

    /// The key of a question: what the rule gives, and defaults where it gives nothing.
    func key(
        of question: CallRound.Question, _ reader: borrowing QuestionReader,
        with writer: inout CallKeyWriter
    ) -> CallKey {
        let sources = calls[question.call].sources
        writer.begin()
        for parameter in sources.indices {
            let source = sources[parameter]
            if source >= 0 {
                reader.add(source, of: question, as: parameter, to: &writer)
            } else {
                defaults[parameter]?.add(parameter, to: &writer)
            }
        }
        return writer.finish()
    }

    /// The arguments of a question, one per parameter; `nil` if one of them cannot be passed.
    func arguments(
        of question: CallRound.Question, _ reader: borrowing QuestionReader
    ) -> [PluginValue?]? {
        let sources = calls[question.call].sources
        var arguments: [PluginValue?] = []
        arguments.reserveCapacity(sources.count)
        for (parameter, source) in sources.enumerated() {
            if source < 0 {
                arguments.append(defaults[parameter]?.value)
            } else if let range = reader.document(source, of: question) {
                guard let value = value(of: range, reader, parameter) else { return nil }
                arguments.append(value)
            } else {
                arguments.append(reader.scalar(source, of: question))
            }
        }
        return arguments
    }

    private func value(
        of range: Range<Int>, _ reader: borrowing QuestionReader, _ parameter: Int
    ) -> PluginValue? {
        if let known = documents[parameter], reader.holds(known.json, at: range) {
            return known.value
        }
        let json = Array(reader.bytes[range])
        guard let value = try? PluginValue(json: json) else { return nil }
        documents[parameter] = (json, value)
        return value
    }
}
