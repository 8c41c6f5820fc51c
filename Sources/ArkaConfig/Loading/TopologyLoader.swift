import ArkaDocuments
import ArkaModel

/// Turns a topology document into a topology: reads the files that it names and checks what fields
/// cannot check alone.
struct TopologyLoader {
    let document: Document<TopologyDraft>
    let folder: DocumentFolder
    /// What `plugins` can name.
    let linked: LinkedPlugins
    /// What `${NAME}` stands for in documents that this one names.
    let environment: [String: String]
    var diagnostics: [Diagnostic]
    /// The names in rules of plugins whose documents cannot be read.
    var unreadPlugins: Set<String> = []

    var draft: TopologyDraft { document.spec }

    mutating func topology() -> TopologySpec {
        checkTopics()
        diagnostics += draft.kafka.refusedProperties(in: document)
        let record = layout()
        let plugins = plugins()
        return TopologySpec(
            name: document.name, jurisdiction: draft.jurisdiction, source: draft.source,
            record: record, rules: rules(record, plugins),
            decisionsTopic: draft.decisions.topic, deadLettersTopic: draft.deadLetters.topic,
            guarantee: draft.guarantee, commitInterval: draft.commitInterval,
            kafka: draft.kafka.placed(in: document), plugins: plugins,
            decisionBudget: draft.decisionBudget)
    }

    /// A topic that is read and written would feed the engine its own words.
    private mutating func checkTopics() {
        let source = draft.source.topic
        let decisions = draft.decisions.topic
        let deadLetters = draft.deadLetters.topic ?? decisions + ".dlq"
        guard !source.isEmpty, !decisions.isEmpty else { return }
        if decisions == source {
            conflict("decisions go to the topic that transactions come from", "decisions.topic")
        }
        if deadLetters == source || deadLetters == decisions {
            conflict("dead letters go to a topic that has another use", "dead_letters.topic")
        }
        if !isKafkaName(deadLetters) {
            conflict("'<decisions>.dlq' is too long for a topic", "decisions.topic")
        }
    }

    private mutating func conflict(_ message: String, _ path: String) {
        diagnostics.append(
            Diagnostic(
                .configConflict, message, expected: "a topic of its own",
                at: document.place(of: path)))
    }

    /// The value, or nothing and one more diagnostic.
    mutating func taken<Value>(_ result: Result<Value, LoadRefusal>) -> Value? {
        switch result {
        case .success(let value): return value
        case .failure(let refusal):
            diagnostics.append(refusal.diagnostic)
            return nil
        }
    }
}
