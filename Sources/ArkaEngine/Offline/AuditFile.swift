public import ArkaAudit
public import ArkaStream
public import ArkaSystem

/// The audit trail of an evaluation between two files: one record a line, the chain `file`.
///
/// Belongs to one thread at a time, as the evaluation does.
public final class AuditFile {
    private static let lane = 0
    private let mailbox: AuditMailbox
    private let file: FileWriter
    private var job = LaneJobID(0)

    /// Begins a chain.
    /// - Parameters:
    ///   - mailbox: What the plugins log to; of a file.
    ///   - file: Where the records go.
    public init(_ mailbox: AuditMailbox, to file: FileWriter) {
        self.mailbox = mailbox
        self.file = file
        mailbox.resume(lane: Self.lane, [AuditTail(partition: 0, record: nil)])
    }

    /// Writes what was logged for the lines of a batch, and hands it to the system.
    /// - Throws: ``SystemError`` (`cannotWriteFile`).
    public func write(beside batch: RecordBatch) throws(SystemError) {
        guard mailbox.hasEntries else { return }
        try write(mailbox.take(for: batch, lane: Self.lane))
        try file.flush()
    }

    /// Writes what is left, and closes the file; once nobody logs any more.
    /// - Throws: ``SystemError`` (`cannotWriteFile`).
    public func close() throws(SystemError) {
        try write(mailbox.takeRest(lane: Self.lane))
        try file.close()
    }

    private func write(_ records: [AuditOutput]) throws(SystemError) {
        for record in records {
            try file.write(record.bytes)
            try file.write("\n")
        }
        job = job.next
        mailbox.seal(lane: Self.lane, job: job)
        mailbox.didCommit(lane: Self.lane, job: job)
    }
}
