import ArkaJSON
import ArkaModel
import PactPlugins

/// An entry as it will be written, but for its place in a chain: nothing in it is secret any more.
struct PreparedEntry: Sendable, Hashable {
    /// The record that it was made for.
    struct Place: Sendable, Hashable {
        let partition: Int32
        let offset: Int64
    }

    /// The members of its record that are its own, as JSON without braces.
    let members: [UInt8]
    /// `nil` for what belongs to no record.
    let place: Place?
    /// Whether it could not be written beside the decision of its record.
    var isLate = false

    /// What it takes of the bound for entries that wait.
    var byteCount: Int { members.count }
}

/// Turns what plugins log into entries.
struct EntryPreparer: Sendable {
    let classing: AuditClassing
    /// Told apart from entries of other processes.
    let process: String
    let time: any TimeSource

    /// Classes, redacts and renders an entry.
    /// - Parameter number: Its number in this process.
    /// - Throws: What the entry breaks; trying again cannot help.
    func prepare(_ entry: AuditEntry, number: Int) throws(AuditFailure) -> PreparedEntry {
        try check(entry)
        var json = AuditMembers()
        json.add("entry_id", text: "\(process)-\(number)")
        json.add("plugin", text: entry.plugin)
        json.add("action", text: classing.redacted(entry.action))
        json.add("resource", text: classing.redacted(entry.resource))
        json.add("details", details(of: entry))
        if let context = entry.context { add(context, to: &json) }
        let now = ExactDecimal(scaled: Int128(time.wallMilliseconds) * 1_000_000_000_000_000)
        json.add("at", text: Timestamp.text(secondsSince1970: now) ?? "")
        guard json.bytes.count <= AuditLimits.entryBytesMax else {
            throw refusal(
                "it has \(json.bytes.count) bytes, and at most "
                    + "\(AuditLimits.entryBytesMax) are written: leave details out")
        }
        guard isObject(json.bytes) else {
            throw refusal("a name stands twice in an object of its details")
        }
        return PreparedEntry(members: json.bytes, place: place(of: entry.context))
    }

    /// Names may be unique and become equal where secrets in them are taken out.
    private func isObject(_ members: [UInt8]) -> Bool {
        let text = [UInt8(ascii: "{")] + members + [UInt8(ascii: "}")]
        return parseJSON(SourceText(name: "entry", utf8: text)).root != nil
    }

    private func details(of entry: AuditEntry) -> PluginValue {
        .object(
            entry.details.map {
                PluginValue.Member(classing.redacted($0.name), classing.shown($0))
            })
    }

    private func add(_ context: PluginContext, to json: inout AuditMembers) {
        if let id = context.transactionID {
            json.add("transaction_id", text: classing.redacted(id))
        }
        var source = [PluginValue.Member("topic", .string(context.topic))]
        if let partition = context.partition {
            source.append(.init("partition", PluginValue(integerLiteral: Int64(partition))))
        }
        source.append(.init("offset", PluginValue(integerLiteral: context.offset)))
        json.add("source", .object(source))
        if let rule = context.ruleID { json.add("rule", text: rule) }
    }

    /// Lines of a file count as the records of one partition.
    private func place(of context: PluginContext?) -> PreparedEntry.Place? {
        context.map { PreparedEntry.Place(partition: $0.partition ?? 0, offset: $0.offset) }
    }

    // MARK: Checking

    private func check(_ entry: AuditEntry) throws(AuditFailure) {
        for (what, word) in [("action", entry.action), ("resource", entry.resource)] {
            guard (1...AuditLimits.wordBytesMax).contains(word.utf8.count) else {
                throw refusal(
                    "its \(what) has \(word.utf8.count) bytes, and 1 to "
                        + "\(AuditLimits.wordBytesMax) are written")
            }
        }
        guard entry.details.count <= AuditLimits.detailsMax else {
            throw refusal(
                "it has \(entry.details.count) details, and at most "
                    + "\(AuditLimits.detailsMax) are written")
        }
        var names: Set<[UInt8]> = []
        for detail in entry.details { try check(detail, &names) }
    }

    private func check(
        _ detail: AuditEntry.Detail, _ names: inout Set<[UInt8]>
    ) throws(AuditFailure) {
        guard (1...AuditLimits.nameBytesMax).contains(detail.name.utf8.count) else {
            throw refusal(
                "the name of a detail has \(detail.name.utf8.count) bytes, and 1 to "
                    + "\(AuditLimits.nameBytesMax) are written")
        }
        guard names.insert(Array(detail.name.utf8)).inserted else {
            throw refusal("the detail '\(shown(classing.redacted(detail.name)))' stands twice")
        }
        switch detail.value {
        case .secret: break
        case .open(let value), .personal(let value):
            guard value.depth(atMost: AuditLimits.depthMax) else {
                throw refusal(
                    "the detail '\(shown(classing.redacted(detail.name)))' has more than "
                        + "\(AuditLimits.depthMax) levels")
            }
        }
    }

    private func refusal(_ reason: String) -> AuditFailure {
        AuditFailure(reason, isRetryable: false)
    }
}

extension PluginValue {
    /// Whether lists and objects do not stand in each other deeper than this.
    fileprivate func depth(atMost limit: Int) -> Bool {
        switch self {
        case .null, .boolean, .number, .string: true
        case .array(let elements): limit > 0 && elements.allSatisfy { $0.depth(atMost: limit - 1) }
        case .object(let members):
            limit > 0 && members.allSatisfy { $0.value.depth(atMost: limit - 1) }
        }
    }
}
