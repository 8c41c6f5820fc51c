public import ArkaModel
public import PactPlugins
import Synchronization

/// An audit trail without transactions: each entry becomes a record at once, on one chain, and is
/// handed to a closure, one after the other.
public final class AuditJournal: AuditSink {
    private struct State {
        var chain: AuditChain
        var count = 0
    }

    private let preparer: EntryPreparer
    private let state: Mutex<State>
    private let record: @Sendable ([UInt8]) throws -> Void

    /// Begins a chain.
    /// - Parameters:
    ///   - chain: What it is called, no two chains the same.
    ///   - pseudonymKey: What personal values become pseudonyms with; `nil` shows none.
    ///   - redactor: Knows the secrets of the process.
    ///   - record: Takes a record, JSON without a line's end. If it throws, the call fails that wanted to
    ///     be audited. Must not log itself.
    public init(
        chain: String, pseudonymKey: SecretText? = nil,
        redactor: SecretRedactor = SecretRedactor(), time: any TimeSource,
        record: @escaping @Sendable ([UInt8]) throws -> Void
    ) {
        preparer = EntryPreparer(
            classing: AuditClassing(pseudonymKey: pseudonymKey, redactor: redactor),
            process: chain, time: time)
        state = Mutex(State(chain: AuditChain(chain)))
        self.record = record
    }

    /// See ``PactPlugins/AuditSink/write(_:)``: the record has been handed over when this returns.
    public func write(_ entry: AuditEntry) async throws(AuditFailure) {
        let failure = state.withLock { state -> AuditFailure? in
            do {
                let prepared = try preparer.prepare(entry, number: state.count + 1)
                var chain = state.chain
                try record(chain.append(prepared.members))
                state = State(chain: chain, count: state.count + 1)
                return nil
            } catch let failure as AuditFailure {
                return failure
            } catch {
                return AuditFailure("\(error)", isRetryable: true)
            }
        }
        if let failure { throw failure }
    }
}
