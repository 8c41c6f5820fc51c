public import PactPlugins
import Synchronization

/// A client as one of its callers sees it: it goes where the caller's policy allows, and nowhere else.
public struct EgressTransport: HTTPTransport {
    private let client: HTTPClient
    private let policy: EgressPolicy

    init(client: HTTPClient, policy: EgressPolicy) {
        self.client = client
        self.policy = policy
    }

    /// Performs requests at the same time, and returns their outcomes in their order.
    public func perform(_ requests: [HTTPRequest]) async -> [Result<HTTPResponse, HTTPFailure>] {
        let outcomes = Outcomes(count: requests.count)
        await perform(requests) { index, outcome in outcomes.set(index, outcome) }
        return outcomes.all
    }

    /// Performs requests at the same time, and tells each outcome on the event thread as soon as it is
    /// there; those that are refused at once, on the caller's.
    public func perform(
        _ requests: [HTTPRequest],
        onEach: @escaping @Sendable (Int, Result<HTTPResponse, HTTPFailure>) -> Void
    ) async {
        await client.perform(requests, under: policy, onEach: onEach)
    }

    /// Gathers outcomes in the order of the requests.
    private final class Outcomes: Sendable {
        private let slots: Mutex<[Result<HTTPResponse, HTTPFailure>?]>

        init(count: Int) { slots = Mutex(Array(repeating: nil, count: count)) }

        var all: [Result<HTTPResponse, HTTPFailure>] {
            slots.withLock { slots in
                slots.map { slot in
                    guard let slot else { preconditionFailure("each request has an outcome") }
                    return slot
                }
            }
        }

        func set(_ index: Int, _ outcome: Result<HTTPResponse, HTTPFailure>) {
            slots.withLock { $0[index] = outcome }
        }
    }
}
