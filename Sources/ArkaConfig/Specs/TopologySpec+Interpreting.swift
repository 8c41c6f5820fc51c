import ArkaModel
public import ArkaRules

extension TopologySpec {
    /// The rules of the topology for plain evaluation; `nil` if they have an error.
    public func interpreter() -> RuleInterpreter? {
        let lists = rules.listFiles
        let listFile = listReader(
            FileAccess(
                read: { path in
                    lists.first { $0.name == path }.map { .success($0.utf8) }
                        ?? .failure(FileFailure("it was not read with the rules"))
                }, list: { _ in .failure(FileFailure("nothing is listed")) }))
        return RuleInterpreter(
            rules.sources,
            RuleInputs(
                layout: record, onUnknown: rules.onUnknown, functions: rules.functions,
                listFile: listFile))
    }

    /// A record with what the engine would know of it.
    public func inputs(
        _ record: RecordValue, _ surroundings: TestedSurroundings
    ) -> RecordInputs {
        var context: [RuleContext: RecordValue] = [
            .topology: .string(Array(name.utf8)),
            .partition: .number(ExactDecimal(Int64(surroundings.partition))),
            .offset: .number(ExactDecimal(Int64(surroundings.offset))),
        ]
        context[.topic] = text(surroundings.topic ?? source.topic)
        context[.jurisdiction] = text(surroundings.jurisdiction ?? jurisdiction ?? "")
        context[.eventTime] = eventTime(record, surroundings.timestamp ?? 0)
        if case .string(let id)? = record.member(at: self.record.idPath) {
            context[.transactionID] = .string(id)
        }
        return RecordInputs(record, context: context)
    }

    private func text(_ text: String) -> RecordValue? {
        text.isEmpty ? nil : .string(Array(text.utf8))
    }

    /// The record's own event time, else its timestamp; to the millisecond.
    private func eventTime(_ record: RecordValue, _ timestamp: Int64) -> RecordValue? {
        var milliseconds = timestamp
        if let path = self.record.eventTimePath, case .string(let text)? = record.member(at: path),
            let own = timestampMilliseconds(String(decoding: text, as: UTF8.self))
        {
            milliseconds = own
        }
        let seconds = try? ExactDecimal(milliseconds).multiplied(by: ExactDecimal("0.001"))
        return seconds.map { .number($0) }
    }
}

extension RecordValue {
    /// What stands at a path of names; `nil` if nothing does.
    fileprivate func member(at path: [String]) -> RecordValue? {
        path.reduce(self) { (value: RecordValue?, name) in
            guard case .object(let members)? = value else { return nil }
            return members[Array(name.utf8)]
        }
    }
}
