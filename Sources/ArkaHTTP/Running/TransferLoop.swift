import ArkaModel
import ArkaSystem
import CCurl
import PactPlugins
import Synchronization

/// Everything that happens on the event thread: requests arrive, find their host, go out and end.
///
/// The values decide (who may go, what a name resolves to, whose time is over); this asks them and acts.
final class TransferLoop: @unchecked Sendable {
    // SAFETY: made by the client, handed to the event thread, and from then on used only there. What
    // other threads touch is in the inbox and in the statistics, which are guarded by themselves.
    private let settings: HTTPClientSettings
    private let time: any TimeSource
    private let inbox: LoopInbox
    private let statistics: SharedStatistics
    private let lookups: LookupThreads
    private let multi: MultiHandle

    private var transfers: [TransferID: Transfer] = [:]
    private var gate: HostGate<RequestTarget.Authority, TransferID>
    private var addresses: AddressBook<TransferID>
    /// Deadlines of requests that wait; of those that are out, libcurl knows them.
    private var deadlines = DeadlineQueue<TransferID>()
    /// Requests with a place that can go on now. A line instead of calls, which would nest as deep as
    /// the line of a host is long.
    private var ready: [TransferID] = []
    private var idleHandles: [EasyHandle] = []
    private var stopTime: Duration?

    /// - Throws: ``SystemError`` (`outOfResources`).
    init(
        _ settings: HTTPClientSettings, inbox: LoopInbox, lookups: LookupThreads,
        statistics: SharedStatistics, time: any TimeSource
    ) throws(SystemError) {
        self.settings = settings
        self.time = time
        self.inbox = inbox
        self.lookups = lookups
        self.statistics = statistics
        let multi = MultiHandle(
            connectionsKept: settings.connectionsKeptMax, poll: inbox.poll)
        guard let multi else {
            throw SystemError(.outOfResources, "HTTP client", "libcurl cannot be set up")
        }
        self.multi = multi
        gate = HostGate(
            placesMax: settings.requestsPerHostMax, waitingMax: settings.waitingPerHostMax)
        addresses = AddressBook(
            ttl: settings.addressTTL, staleTTL: settings.addressStaleTTL,
            failureTTL: HTTPLimits.failedLookupTTL, namesMax: HTTPLimits.namesRememberedMax,
            lookupsMax: HTTPLimits.lookupsWaitingMax)
    }

    /// Works until it has been stopped and nothing is out.
    func run() {
        var sockets: [ReadinessPoll.Ready] = []
        while !isDone {
            let wasRaised = inbox.poll.wait(atMost: patience(), into: &sockets)
            if wasRaised { inbox.take().forEach(receive) }
            for socket in sockets { multi.act(on: socket) }
            multi.actOnTime()
            while let ended = multi.nextEnded() { transferEnded(ended.transfer, ended.result) }
            endOverdue()
            goOn()
        }
        lookups.close()
        let refusal = HTTPFailure.notRunning
        for case .submit(let late) in inbox.close() {
            for submission in late { end(submission, .failure(refusal)) }
        }
    }

    private var isDone: Bool { stopTime != nil && transfers.isEmpty }

    /// How long nothing will happen by itself; `nil` for ever.
    private func patience() -> Duration? {
        let next = [deadlines.earliest(), stopTime].compactMap { $0 }.min()
        let ours = next.map { max(.zero, $0 - time.monotonic) }
        return [ours, multi.timeUntilDue].compactMap { $0 }.min()
    }

    private func receive(_ message: LoopMessage) {
        switch message {
        case .submit(let submissions): submissions.forEach(accept)
        case .cancel(let ids): ids.forEach(cancel)
        case .resolved(let name, let found):
            for id in addresses.learn(name, found, at: time.monotonic) { resolved(id, found) }
        case .stop(let deadline): stopTime = min(deadline, stopTime ?? deadline)
        }
    }

    // MARK: Arriving

    private func accept(_ submission: Submission) {
        let transfer = Transfer(
            submission, deadline: submission.start + submission.request.timeout, limits: settings)
        if submission.batch.isCancelled {
            return end(submission, .failure(transfer.failure(.cancelled, "cancelled")))
        }
        guard stopTime == nil else { return end(submission, .failure(.notRunning)) }
        guard transfers.count < HTTPLimits.requestsMax else {
            return end(submission, .failure(transfer.failure(.busy, "too many requests at once")))
        }
        transfers[transfer.id] = transfer
        arrive(transfer)
    }

    /// Comes to the door of its host: at first, and after a redirect.
    private func arrive(_ transfer: Transfer) {
        switch gate.arrive(transfer.id, at: transfer.authority) {
        case .entered:
            transfer.phase = .resolving
            ready.append(transfer.id)
        case .waits:
            transfer.phase = .waiting
            deadlines.add(transfer.id, deadline: transfer.deadline)
        case .refused:
            finish(transfer, transfer.failure(.busy, "too many requests wait for this host"))
        }
    }

    /// Lets those go on that have a place and need not wait.
    private func goOn() {
        // More may be added on the way: who ends at once leaves a place to the next.
        var position = 0
        while position < ready.count {
            // It may have ended since it was put here.
            if let transfer = transfers[ready[position]] { resolve(transfer) }
            position += 1
        }
        ready.removeAll(keepingCapacity: true)
    }

    // MARK: Resolving

    private func resolve(_ transfer: Transfer) {
        guard case .resolving = transfer.phase else { return }
        deadlines.remove(transfer.id)
        if transfer.request.target.literal != nil { return send(transfer, to: []) }
        let name = transfer.authority.host
        switch addresses.ask(name, for: transfer.id, at: time.monotonic) {
        case .known(let found, let refresh):
            if refresh { lookups.request(name) }
            send(transfer, toAllowed: found)
        case .waits(let lookup):
            deadlines.add(transfer.id, deadline: transfer.deadline)
            if lookup { lookups.request(name) }
        case .failed: finish(transfer, transfer.failure(.unresolved, "the name has no address"))
        case .full: finish(transfer, transfer.failure(.busy, "too many names are looked up"))
        }
    }

    /// Goes on with what the lookup brought, however short its time to live is.
    private func resolved(_ id: TransferID, _ found: [IPAddress]) {
        // It may have ended while it waited.
        guard let transfer = transfers[id] else { return }
        deadlines.remove(id)
        if found.isEmpty {
            finish(transfer, transfer.failure(.unresolved, "the name has no address"))
        } else {
            send(transfer, toAllowed: found)
        }
    }

    private func send(_ transfer: Transfer, toAllowed found: [IPAddress]) {
        let allowed = found.filter(transfer.policy.allows).prefix(HTTPLimits.addressesMax)
        guard !allowed.isEmpty else {
            return finish(
                transfer, transfer.failure(.notAllowed, "none of its addresses is allowed"))
        }
        send(transfer, to: Array(allowed))
    }

    // MARK: Sending

    private func send(_ transfer: Transfer, to addresses: [IPAddress]) {
        let timeLeft = transfer.deadline - time.monotonic
        guard timeLeft > .zero else { return finish(transfer, Self.timeOver(transfer)) }
        guard let easy = idleHandles.popLast() ?? EasyHandle() else {
            return finish(transfer, transfer.failure(.unreachable, "there is no memory"))
        }
        easy.prepare(transfer, addresses: addresses, timeLeft: timeLeft, settings: settings)
        transfer.phase = .out(easy)
        if let refusal = easy.refusal {
            finish(
                transfer,
                transfer.failure(.unreachable, "libcurl lacks an option (\(refusal.rawValue))"))
        } else if !multi.add(easy) {
            finish(transfer, transfer.failure(.unreachable, "libcurl takes no further request"))
        }
    }

    // MARK: Ending

    private func transferEnded(_ transfer: Transfer, _ result: CURLcode) {
        guard case .out(let easy) = transfer.phase else { return }
        guard result == CURLE_OK else { return transferFailed(transfer, result) }
        if transfer.mayFollowRedirect, let next = easy.text(CURLINFO_REDIRECT_URL) {
            return follow(next, transfer)
        }
        finish(transfer, .success(transfer.response))
    }

    private func transferFailed(_ transfer: Transfer, _ result: CURLcode) {
        if transfer.wasRefusedOnSend, !transfer.needsFreshConnection {
            // The kept-alive connection leads elsewhere than the name does now: leave it alone.
            release(transfer)
            transfer.retryOnFreshConnection()
            return arrive(transfer)
        }
        if transfer.wasRefusedOnSend
            || (result == CURLE_COULDNT_CONNECT && transfer.wasRefusedOnConnect)
        {
            return finish(transfer, transfer.failure(.notAllowed, "the address is not allowed"))
        }
        if result == CURLE_OPERATION_TIMEDOUT, transfer.sentCount == 0,
            time.monotonic < transfer.deadline
        {
            return finish(
                transfer, transfer.failure(.unreachable, "no connection within its time limit"))
        }
        let failure = CurlFailure(result, mayHaveBeenSent: transfer.mayHaveBeenSent)
        finish(transfer, transfer.failure(failure.kind, failure.reason))
    }

    private func follow(_ url: String, _ transfer: Transfer) {
        do throws(HTTPFailure) {
            let next = try transfer.request.redirected(to: url, under: transfer.policy)
            release(transfer)
            transfer.follow(next)
            arrive(transfer)
        } catch {
            finish(
                transfer,
                HTTPFailure(error.kind, message: error.message, mayHaveBeenSent: true))
        }
    }

    private func cancel(_ id: TransferID) {
        guard let transfer = transfers[id] else { return }
        finish(transfer, transfer.failure(.cancelled, "cancelled"))
    }

    /// Ends those whose time is over while they wait, and everything when the stop's is.
    private func endOverdue() {
        let now = time.monotonic
        while let id = deadlines.popExpired(at: now) {
            if let transfer = transfers[id] { finish(transfer, Self.timeOver(transfer)) }
        }
        if let stopTime, stopTime <= now {
            for transfer in Array(transfers.values) {
                finish(transfer, transfer.failure(.cancelled, "the HTTP client was shut down"))
            }
        }
    }

    private static func timeOver(_ transfer: Transfer) -> HTTPFailure {
        switch transfer.phase {
        case .waiting: transfer.failure(.timedOut, "the time limit passed before its turn came")
        case .resolving:
            transfer.failure(.timedOut, "the time limit passed before the name resolved")
        case .out: transfer.failure(.timedOut, "no whole answer within the time limit")
        }
    }

    private func finish(_ transfer: Transfer, _ failure: HTTPFailure) {
        finish(transfer, .failure(failure))
    }

    private func finish(_ transfer: Transfer, _ outcome: RequestBatch.Outcome) {
        transfers[transfer.id] = nil
        deadlines.remove(transfer.id)
        release(transfer)
        statistics.ended(outcome)
        transfer.batch.finish(transfer.index, outcome)
    }

    /// A request that never became a transfer.
    private func end(_ submission: Submission, _ outcome: RequestBatch.Outcome) {
        statistics.ended(outcome)
        submission.batch.finish(submission.index, outcome)
    }

    /// Gives back the handle and the place; whoever was next in the line goes on.
    private func release(_ transfer: Transfer) {
        switch transfer.phase {
        case .waiting: return gate.abandon(transfer.id, at: transfer.authority)
        case .resolving: addresses.abandon(transfer.authority.host, transfer.id)
        case .out(let easy):
            statistics.connected(
                opened: easy.number(CURLINFO_NUM_CONNECTS), wasSent: transfer.sentCount > 0)
            // From here on libcurl knows nothing of the transfer.
            multi.remove(easy)
            easy.reset()
            if idleHandles.count < HTTPLimits.handlesKeptMax { idleHandles.append(easy) }
        }
        if let next = gate.leave(transfer.authority) { admit(next) }
    }

    private func admit(_ id: TransferID) {
        guard let transfer = transfers[id] else {
            preconditionFailure("who ends while waiting leaves the line")
        }
        transfer.phase = .resolving
        ready.append(id)
    }
}

extension HTTPFailure {
    /// The client was not started, or has been shut down.
    static let notRunning = HTTPFailure(
        .cancelled, message: "the HTTP client is not running", mayHaveBeenSent: false)
}

/// Statistics that the event thread writes and others read.
final class SharedStatistics: Sendable {
    private let value = Mutex(HTTPStatistics())

    var current: HTTPStatistics { value.withLock { $0 } }

    func began(_ count: Int) {
        value.withLock {
            $0.requests += count
            $0.inFlight += count
        }
    }

    func ended(_ outcome: RequestBatch.Outcome) { value.withLock { $0.ended(outcome) } }

    func connected(opened: Int, wasSent: Bool) {
        value.withLock {
            $0.connectionsOpened += opened
            if opened == 0, wasSent { $0.connectionsReused += 1 }
        }
    }
}
