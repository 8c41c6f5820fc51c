public import ArkaModel
public import ArkaSystem
import PactPlugins
import Synchronization

/// The way to outside services: HTTP requests, many at a time, on one event thread of libcurl.
///
/// One client serves the whole process: connections are kept and shared. What differs between callers
/// is where they may go: each gets its own ``EgressTransport``. The client must be started before and
/// shut down after; otherwise every request fails as `cancelled`.
public final class HTTPClient: Sendable {
    private enum State {
        case new
        case running(LoopInbox, Thread)
        case stopped
    }

    private let settings: HTTPClientSettings
    private let lookup: any NameLookup
    private let time: any TimeSource
    private let state = Mutex(State.new)
    private let shared = SharedStatistics()
    private let lastID = Atomic<TransferID>(0)
    private let ended: Ending

    /// Makes a client that does nothing yet.
    /// - Parameters:
    ///   - lookup: Finds the addresses of names.
    ///   - time: The clock by which waiting requests end and addresses age; what is out goes by
    ///     libcurl's, the machine's.
    /// - Precondition: The settings let at least one request out, and have 1 to 16 threads for lookups.
    public init(
        _ settings: HTTPClientSettings = HTTPClientSettings(),
        lookup: any NameLookup = SystemLookup(), time: any TimeSource = SystemTime()
    ) {
        precondition(settings.requestsPerHostMax >= 1, "at least one request may be out")
        precondition((1...16).contains(settings.lookupThreads), "1 to 16 threads look names up")
        self.settings = settings
        self.lookup = lookup
        self.time = time
        ended = Ending()
    }

    deinit {
        // The event thread does not keep the client: one that is dropped takes its thread along.
        if let inbox { _ = inbox.post(.stop(at: .zero)) }
    }

    /// Name and version of libcurl and of what it was built with.
    public static var libraryVersion: String { CurlLibrary.version }

    /// What it has done so far.
    public var statistics: HTTPStatistics { shared.current }

    /// Starts the event thread and those that look names up.
    /// - Throws: ``SystemError`` (`outOfResources`).
    /// - Precondition: It has not been started before.
    public func start() throws(SystemError) {
        let inbox = try LoopInbox()
        let lookups = try LookupThreads(count: settings.lookupThreads, lookup) { name, addresses in
            _ = inbox.post(.resolved(name: name, addresses))
        }
        let thread: Thread
        do throws(SystemError) {
            let loop = try TransferLoop(
                settings, inbox: inbox, lookups: lookups, statistics: shared, time: time)
            let ended = ended
            thread = try Thread("http") {
                loop.run()
                ended.open()
            }
        } catch {
            lookups.close()
            throw error
        }
        state.withLock { state in
            guard case .new = state else { preconditionFailure("a client is started once") }
            state = .running(inbox, thread)
        }
    }

    /// Takes no further requests, lets those that are out end, and ends the thread.
    ///
    /// Nothing happens if it was not started. A lookup that hangs does not hold this up.
    /// - Parameter deadline: How long requests may still take; those that are not finished then end as
    ///   `cancelled`. Zero ends them at once.
    public func shutdown(deadline: Duration) async {
        switch stop() {
        case .new: return
        case .running(let inbox, _): _ = inbox.post(.stop(at: time.monotonic + deadline))
        case .stopped: break
        }
        await ended.wait()
    }

    /// A way to services that goes only where the policy allows.
    public func transport(_ policy: EgressPolicy) -> EgressTransport {
        EgressTransport(client: self, policy: policy)
    }

    /// Performs requests at the same time, and tells each outcome as soon as it is there.
    ///
    /// Returns when all have been told. If the calling task is cancelled, those that are not finished end
    /// as `cancelled` at once.
    /// - Parameter onEach: Told the place of a request and its outcome; once for each, in the order in
    ///   which they end. Runs on the event thread, or on the caller's for requests that are refused: it
    ///   must be quick and must not block.
    func perform(
        _ requests: [HTTPRequest], under policy: EgressPolicy,
        onEach: @escaping @Sendable (Int, Result<HTTPResponse, HTTPFailure>) -> Void
    ) async {
        guard !requests.isEmpty else { return }
        shared.began(requests.count)
        let batch = RequestBatch(count: requests.count, policy: policy, onEach: onEach)
        let submissions = submissions(requests, batch)
        let ids = submissions.map(\.id)
        let inbox = inbox
        await withTaskCancellationHandler {
            if !submissions.isEmpty, inbox?.post(.submit(submissions)) != true {
                for submission in submissions { end(submission.index, of: batch, .notRunning) }
            }
            await batch.waitForAll()
        } onCancel: {
            // The mark first: if the requests are not there yet, they find it when they come.
            batch.cancel()
            _ = inbox?.post(.cancel(ids))
        }
    }

    /// Checks requests, ends those that cannot go out, and numbers the others.
    private func submissions(_ requests: [HTTPRequest], _ batch: RequestBatch) -> [Submission] {
        let now = time.monotonic
        var accepted: [Submission] = []
        for (index, request) in requests.enumerated() {
            do throws(HTTPFailure) {
                let checked = try CheckedRequest(request, under: batch.policy)
                let id = lastID.add(1, ordering: .relaxed).newValue
                accepted.append(
                    Submission(id: id, request: checked, batch: batch, index: index, start: now))
            } catch {
                end(index, of: batch, error)
            }
        }
        return accepted
    }

    private func end(_ index: Int, of batch: RequestBatch, _ failure: HTTPFailure) {
        shared.ended(.failure(failure))
        batch.finish(index, .failure(failure))
    }

    private var inbox: LoopInbox? {
        state.withLock { state in
            guard case .running(let inbox, _) = state else { return nil }
            return inbox
        }
    }

    /// Takes no further requests.
    /// - Returns: What it was before.
    private func stop() -> State {
        state.withLock { state in
            let before = state
            if case .running = state { state = .stopped }
            return before
        }
    }
}

/// Opens when the event thread has ended.
private final class Ending: Sendable {
    private struct State {
        var isOpen = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func open() {
        let waiters = state.withLock { state in
            state.isOpen = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiters.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}
