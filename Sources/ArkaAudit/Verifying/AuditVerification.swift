/// Recomputes chains of audit records, fed record by record: a value that keeps one head for each
/// chain, however many records there are.
///
/// Records of a chain must come in their order; chains may be mixed.
public struct AuditVerification: Sendable {
    /// What is known of one chain.
    public struct Chain: Sendable, Hashable {
        /// The number of the first record that was seen.
        public internal(set) var first: Int64
        /// The last record.
        public internal(set) var head: ChainHead
        /// Records seen.
        public internal(set) var count = 0
    }

    /// The chains by their names.
    public private(set) var chains: [String: Chain] = [:]
    /// Records that were fed.
    public private(set) var recordCount = 0
    /// The first ``AuditLimits/findingsMax`` things that are wrong.
    public private(set) var findings: [AuditFinding] = []
    /// How many things are wrong.
    public private(set) var findingCount = 0

    private let known: AuditHeads
    private let mayBeginLate: Bool
    private let chainsMax: Int
    /// Chains whose kept head was found in its place, or found wanting.
    private var settled: Set<String> = []

    /// Begins a verification.
    /// - Parameters:
    ///   - heads: What is known from an earlier one: shows ends that were cut off and histories that
    ///     were rewritten.
    ///   - mayBeginLate: Whether the oldest records may be gone, as after a topic's retention.
    ///   - chainsMax: How many chains are followed, each for a few hundred bytes: records of more are
    ///     findings.
    public init(
        knowing heads: AuditHeads = AuditHeads(), mayBeginLate: Bool = false,
        chainsMax: Int = AuditLimits.chainsMax
    ) {
        known = heads
        self.mayBeginLate = mayBeginLate
        self.chainsMax = chainsMax
    }

    /// Whether nothing is wrong so far.
    public var holds: Bool { findingCount == 0 }

    /// Takes the next record.
    /// - Parameter place: Where it stands, for the findings.
    public mutating func add(_ bytes: [UInt8], at place: String) {
        recordCount += 1
        let record: AuditRecord
        do {
            record = try AuditRecord(bytes)
        } catch {
            note(.unreadable, chain: "", 0, at: place, error.reason)
            return
        }
        guard chains[record.chain] != nil || chains.count < chainsMax else {
            note(
                .unreadable, record, at: place,
                "more than \(chainsMax) chains are not followed")
            return
        }
        if !record.isIntact {
            note(.changed, record, at: place, "its digest is not that of its bytes")
            // What it says of its place may be what was changed.
            let expected = (chains[record.chain]?.head.sequence ?? 0) + 1
            guard record.head.sequence == expected else { return }
        }
        check(record, at: place)
        compareWithKnown(record, at: place)
        advance(to: record)
    }

    /// Ends the verification: compares ends with the heads that are known.
    public mutating func finish() {
        for (chain, head) in known.heads.sorted(by: { $0.key < $1.key })
        where !settled.contains(chain) {
            let found = chains[chain]?.head.sequence ?? 0
            guard found < head.sequence else { continue }
            note(
                .truncated, chain: chain, found, at: "",
                "the chain ends here, and had \(head.sequence) records when its head was kept")
        }
    }

    /// The heads of all chains, to be kept for the next verification.
    public var heads: AuditHeads { AuditHeads(chains.mapValues(\.head)) }

    // MARK: Steps

    private mutating func check(_ record: AuditRecord, at place: String) {
        guard let chain = chains[record.chain] else { return checkFirst(record, at: place) }
        let expected = chain.head.sequence + 1
        if record.head.sequence < expected {
            note(
                .repeated, record, at: place,
                "the chain is at \(chain.head.sequence) already: the record stands twice, out of "
                    + "order, or was put there")
        } else if record.head.sequence > expected {
            note(
                .missing, record, at: place,
                "before it \(missing(expected, record.head.sequence - 1))")
        } else if record.previous != chain.head.hash {
            note(
                .broken, record, at: place,
                "it does not go on from the record before it: one of the two was rewritten")
        }
    }

    private mutating func checkFirst(_ record: AuditRecord, at place: String) {
        if record.head.sequence == 1 {
            guard record.previous != ChainHead.start.hash else { return }
            note(.broken, record, at: place, "it is the first, and goes on from another")
        } else if !mayBeginLate {
            note(
                .begun, record, at: place,
                "the chain begins here: \(missing(1, record.head.sequence - 1)); where "
                    + "retention removes records, verify with --expired")
        }
    }

    private mutating func compareWithKnown(_ record: AuditRecord, at place: String) {
        guard let head = known.heads[record.chain], !settled.contains(record.chain) else { return }
        let words = "it is not the record whose digest was kept"
        if record.head.sequence == head.sequence {
            settled.insert(record.chain)
            if record.head != head { note(.rewritten, record, at: place, words) }
        } else if record.head.sequence == head.sequence + 1, chains[record.chain] == nil {
            settled.insert(record.chain)
            if record.previous != head.hash {
                note(
                    .rewritten, record, at: place, "it does not go on from the digest that was kept"
                )
            }
        } else if record.head.sequence > head.sequence {
            settled.insert(record.chain)
            note(
                .rewritten, record, at: place,
                "seq \(head.sequence), whose digest was kept, is not there")
        }
    }

    /// Goes on from the record as it is, so that one fault is one finding. One that stands where it
    /// must not is passed over.
    private mutating func advance(to record: AuditRecord) {
        var chain =
            chains[record.chain] ?? Chain(first: record.head.sequence, head: .start)
        chain.count += 1
        if record.head.sequence > chain.head.sequence { chain.head = record.head }
        chains[record.chain] = chain
    }

    private mutating func note(
        _ kind: AuditFinding.Kind, _ record: AuditRecord, at place: String, _ reason: String
    ) {
        note(kind, chain: record.chain, record.head.sequence, at: place, reason)
    }

    private mutating func note(
        _ kind: AuditFinding.Kind, chain: String, _ sequence: Int64, at place: String,
        _ reason: String
    ) {
        findingCount += 1
        guard findings.count < AuditLimits.findingsMax else { return }
        findings.append(
            AuditFinding(
                kind: kind, chain: chain, sequence: sequence, place: place, reason: reason))
    }
}

/// That records are not there, by the numbers of the first and the last.
private func missing(_ first: Int64, _ last: Int64) -> String {
    first == last ? "record \(first) is missing" : "records \(first) to \(last) are missing"
}
