import ArkaDocuments
import ArkaModel

/// A topology document as written: the files that it names are not read yet, nor are its paths into
/// records.
struct TopologyDraft: Sendable {
    var jurisdiction: String?
    var source = SourceSpec(topic: "", group: "")
    var record = Record()
    var rules = Rules()
    var decisions = Topic()
    var deadLetters = DeadLetters()
    var guarantee = DeliveryGuarantee.exactlyOnce
    var commitInterval = Duration.milliseconds(100)
    var kafka = KafkaConnectionSpec()
    var plugins: [PluginDraft] = []
    var decisionBudget = Duration.seconds(1)
    var audit = AuditSpec()

    struct Record: Sendable {
        var schema: String?
        var roots = FreeMap([
            FreeMap.Entry("transaction", "$"), FreeMap.Entry("customer", "$.customer"),
        ])
        var id = "$.id"
        var eventTime: String?
    }

    struct Rules: Sendable {
        var files: [String] = []
        var functions: [String] = []
        var onUnknown: OnUnknown?
    }

    struct Topic: Sendable {
        var topic = ""
    }

    struct DeadLetters: Sendable {
        var topic: String?
    }
}
