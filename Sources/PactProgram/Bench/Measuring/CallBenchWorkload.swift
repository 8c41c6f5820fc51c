import ArkaModel
import ArkaStream
import PactPlugins

/// The rule that needs a call for each transaction.
let callBenchRule = """
    rule listed (on_unknown: review) {
        when {
            transaction.amount > 10
            plugin.bench.check(entity: transaction.entity).listed == true
        }
        then { reject(reason: "listed") }
    }
    """

/// The same without the call.
let callBenchRuleWithoutCall = """
    rule listed (on_unknown: review) {
        when {
            transaction.amount > 10
            transaction.listed == true
        }
        then { reject(reason: "listed") }
    }
    """

/// The function that the rule calls, which answers no to all.
func callBenchFunction(_ form: CallBenchLane.Form) -> RegisteredFunction {
    let signature = FunctionSignature(
        plugin: "bench", name: "check", kind: .dataSource,
        parameters: [.init("entity", .constrained(.init(types: .string)))],
        result: .constrained(
            .init(
                types: .object,
                properties: [
                    .init("listed", isRequired: true, .constrained(.init(types: .boolean)))
                ])))
    switch form {
    case .none, .batchLater:
        return RegisteredFunction(
            signature, FunctionSettings(),
            .batch(itemsMax: RecordBatch.capacity) { $0.map { _ in notListed } })
    case .cached:
        return RegisteredFunction(
            signature, FunctionSettings(cacheTTL: .seconds(3600)),
            .batch(itemsMax: RecordBatch.capacity) { $0.map { _ in notListed } })
    case .batchAtOnceVarying:
        return RegisteredFunction(
            signature, FunctionSettings(),
            .immediateBatch(itemsMax: RecordBatch.capacity) { $0.map(notListedByName) })
    case .batchAtOnce:
        return RegisteredFunction(
            signature, FunctionSettings(),
            .immediateBatch(itemsMax: RecordBatch.capacity) { $0.map { _ in notListed } })
    }
}

private let notListed = Result<FunctionAnswer, any Error>.success(
    FunctionAnswer(value: .object([.init("listed", .boolean(false))])))

/// The same answer with the entity in it.
@Sendable private func notListedByName(
    _ call: FunctionCall
) -> Result<FunctionAnswer, any Error> {
    .success(
        FunctionAnswer(
            value: .object([
                .init("listed", .boolean(false)), .init("entity", call.arguments[0] ?? .null),
            ])))
}

/// A batch of transactions, no two of the same entity, with 37 keys as those of the other scenarios.
let callBenchRecords: [[UInt8]] = (0..<RecordBatch.capacity).map { number in
    let others = (1...34).map { #","field_\#($0)":"value \#($0 * 7)""# }.joined()
    let entity = "customer-\(number * 7_919 % 1_000_003)-ACME Ltd"
    return Array(#"{"entity":"\#(entity)","amount":20,"listed":false\#(others)}"#.utf8)
}
