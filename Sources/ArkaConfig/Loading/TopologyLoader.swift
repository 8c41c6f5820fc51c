import ArkaDocuments
import ArkaModel
import ArkaRules

/// Turns a topology document into a topology: reads the files that it names and checks what fields
/// cannot check alone.
struct TopologyLoader {
    let document: Document<TopologyDraft>
    let folder: DocumentFolder
    var diagnostics: [Diagnostic]

    private var draft: TopologyDraft { document.spec }

    mutating func topology() -> TopologySpec {
        checkTopics()
        diagnostics += draft.kafka.refusedProperties(in: document)
        let record = layout()
        return TopologySpec(
            name: document.name, source: draft.source, record: record, rules: rules(record),
            decisionsTopic: draft.decisions.topic, deadLettersTopic: draft.deadLetters.topic,
            guarantee: draft.guarantee, commitInterval: draft.commitInterval,
            kafka: draft.kafka.placed(in: document))
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

    /// Reads the rule files and compiles them together.
    private mutating func rules(_ record: RecordLayout) -> RulesSpec {
        let sources = ruleSources()
        let compiled = compileRules(sources, layout: record, onUnknown: draft.rules.onUnknown)
        diagnostics += compiled.diagnostics
        return RulesSpec(
            sources: sources, onUnknown: draft.rules.onUnknown,
            book: compiled.book ?? RulesSpec().book)
    }

    /// The rule files in order, each once.
    private mutating func ruleSources() -> [SourceText] {
        var sources: [SourceText] = []
        var seen: Set<String> = []
        for (index, written) in draft.rules.files.enumerated() {
            let named = NamedPath(written, at: "rules.files[\(index)]", in: document)
            for path in taken(folder.paths(named)) ?? [] where seen.insert(path).inserted {
                guard seen.count <= ConfigLimits.ruleFilesMax else {
                    reportTooManyFiles(named)
                    return sources
                }
                if let text = taken(folder.text(path, for: named)) { sources.append(text) }
            }
        }
        return sources
    }

    private mutating func reportTooManyFiles(_ named: NamedPath) {
        diagnostics.append(
            Diagnostic(
                .configNoFiles, "the rules stand in more than \(ConfigLimits.ruleFilesMax) files",
                expected: "fewer, larger files", at: named.place))
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
