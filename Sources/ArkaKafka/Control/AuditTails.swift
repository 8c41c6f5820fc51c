import ArkaStream
import ArkaSystem
import ArkaTelemetry
import CRdkafka

/// Finds the last committed record of each partition of the audit topic: a chain goes on from there,
/// whoever wrote it.
///
/// Behind the last record stand markers of transactions and records of aborted ones, so it is looked
/// for from the end backwards. While a transaction is open whose records are in the partition, its last
/// record is not known: the one who owned the partition before may be about to commit.
struct AuditTails {
    let topic: String
    let connection: KafkaConnection
    let logger: Logger
    /// Whether the answer will not be needed.
    var isStopping: () -> Bool = { false }

    /// Why there is no answer.
    enum Failure: Error {
        /// The broker does not answer, or not in time.
        case unanswered(KafkaFailure)
        /// A transaction is open in these partitions.
        case open([Int32])
        /// The topic has only so many partitions, and these are none of them.
        case missing([Int32], count: Int)
        /// Nobody wants to know any more.
        case stopped

        /// In words for an operator.
        var reason: String {
            switch self {
            case .unanswered(let failure): "\(failure.name): \(failure.reason)"
            case .open(let partitions): "a transaction is open in its partitions \(partitions)"
            case .missing(let partitions, let count):
                "it has \(count) partitions, and \(partitions) of the source have none in it; add "
                    + "partitions to the audit topic"
            case .stopped: "it is not needed any more"
            }
        }
    }

    /// - Parameter limit: How long it blocks at most, about.
    /// - Returns: A tail for each partition.
    func read(_ partitions: [Int32], within limit: Duration) throws(Failure) -> [AuditTail] {
        guard !partitions.isEmpty else { return [] }
        let deadline = SystemTime().monotonic + limit
        let scan: TopicScan
        do {
            scan = try TopicScan(connection, topic: topic, logger: logger)
        } catch {
            throw .unanswered(KafkaFailure(RD_KAFKA_RESP_ERR__INVALID_ARG, reason: error.reason))
        }
        defer { scan.close() }
        let bounds: [Int32: Range<Int64>]
        do {
            bounds = try scan.bounds(partitions, within: limit)
        } catch {
            throw missing(partitions, scan) ?? .unanswered(error)
        }
        var search = TailSearch(bounds)
        while !search.wanted.isEmpty {
            for (partition, start) in search.nextStarts() { scan.start(partition, at: start) }
            try read(scan, into: &search, until: deadline)
        }
        return partitions.map { AuditTail(partition: $0, record: search.found[$0]?.record) }
    }

    /// What an answer that did not come may be due to: a source that was given more partitions.
    private func missing(_ partitions: [Int32], _ scan: TopicScan) -> Failure? {
        guard let count = scan.partitionCount(within: KafkaLimits.auditTopicQuestionTimeout) else {
            return nil
        }
        let missing = partitions.filter { $0 >= count }.sorted()
        return missing.isEmpty ? nil : .missing(missing, count: count)
    }

    /// Reads to the end of all partitions that are wanted.
    private func read(
        _ scan: TopicScan, into search: inout TailSearch, until deadline: Duration
    ) throws(Failure) {
        while !search.reading.isEmpty {
            guard !isStopping() else { throw .stopped }
            guard SystemTime().monotonic < deadline else {
                let open = search.open
                throw open.isEmpty
                    ? .unanswered(KafkaFailure(RD_KAFKA_RESP_ERR__TIMED_OUT)) : .open(open)
            }
            switch scan.next(within: .milliseconds(50)) {
            case nil: continue
            case .record(let partition, let offset, let bytes):
                search.note(partition, offset, bytes)
            case .end(let partition, let offset, let isWhole):
                if search.noteEnd(partition, offset, isWhole: isWhole) { scan.stop(partition) }
            case .failed(_, let failure): throw .unanswered(failure)
            }
        }
    }
}

/// Looks for the last record of partitions, in windows that grow from their ends backwards: a value.
struct TailSearch {
    /// Offsets that are looked at first. A transaction leaves a record and a marker at least.
    static let firstWindow: Int64 = 32
    private static let growth: Int64 = 64

    private let bounds: [Int32: Range<Int64>]
    private var window = firstWindow
    /// Partitions that are not done.
    private(set) var wanted: Set<Int32>
    /// Those of them whose end has not been reached in this window.
    private(set) var reading: Set<Int32> = []
    /// Those of them whose end cannot be told, since a transaction is open.
    private var unsettled: Set<Int32> = []
    private var starts: [Int32: Int64] = [:]
    /// The last record of each partition so far.
    private(set) var found: [Int32: (offset: Int64, record: [UInt8])] = [:]

    init(_ bounds: [Int32: Range<Int64>]) {
        self.bounds = bounds
        wanted = Set(bounds.keys)
    }

    /// Partitions in which a transaction is open.
    var open: [Int32] { unsettled.intersection(reading).sorted() }

    /// Where to begin reading now, by partition.
    mutating func nextStarts() -> [Int32: Int64] {
        for partition in wanted {
            let range = bounds[partition] ?? 0..<0
            starts[partition] = max(range.lowerBound, range.upperBound - window)
        }
        window = window > .max / Self.growth ? .max / 2 : window * Self.growth
        reading = wanted
        return starts.filter { wanted.contains($0.key) }
    }

    mutating func note(_ partition: Int32, _ offset: Int64, _ record: [UInt8]) {
        found[partition] = (offset, record)
    }

    /// Takes note that the end of what is decided was reached.
    /// - Returns: Whether the partition is read to its end, for this window.
    mutating func noteEnd(_ partition: Int32, _ offset: Int64, isWhole: Bool) -> Bool {
        guard isWhole else {
            unsettled.insert(partition)
            return false
        }
        unsettled.remove(partition)
        reading.remove(partition)
        let isAtStart = (starts[partition] ?? 0) <= (bounds[partition]?.lowerBound ?? 0)
        if found[partition] != nil || isAtStart { wanted.remove(partition) }
        return true
    }
}
