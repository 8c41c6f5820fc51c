import ArkaHTTP
import ArkaModel
import ArkaSystem
import PactPlugins
import Synchronization
import Testing

extension EgressPolicy {
    /// Everything, this machine included.
    static let loopback = EgressPolicy(
        allowedRanges: [.everyIPv4, .everyIPv6, .loopbackIPv4, .loopbackIPv6])
}

/// A started client that is shut down with the test.
func withClient<Result>(
    _ settings: HTTPClientSettings = HTTPClientSettings(),
    lookup: any NameLookup = TableLookup(), time: any TimeSource = SystemTime(),
    _ body: (HTTPClient) async throws -> Result
) async throws -> Result {
    let client = HTTPClient(settings, lookup: lookup, time: time)
    try client.start()
    let result: Swift.Result<Result, any Error>
    do { result = .success(try await body(client)) } catch { result = .failure(error) }
    await client.shutdown(deadline: .zero)
    return try result.get()
}

/// Performs one request and returns how it failed; a response is a failure of the test.
func failure(
    _ client: HTTPClient, _ request: HTTPRequest, _ policy: EgressPolicy = .loopback,
    _ location: SourceLocation = #_sourceLocation
) async throws -> HTTPFailure {
    let outcome = await client.transport(policy).perform([request])[0]
    guard case .failure(let failure) = outcome else {
        throw Unexpected("a response instead of a failure: \(outcome)")
    }
    return failure
}

struct Unexpected: Error {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Answers from a table, with 127.0.0.1 for every name under `.test` that it lacks.
final class TableLookup: NameLookup {
    private let table: Mutex<[String: [String]]>
    private let asked = Mutex<[String]>([])

    init(_ table: [String: [String]] = [:]) { self.table = Mutex(table) }

    /// The names that were asked for, in order.
    var names: [String] { asked.withLock { $0 } }

    func set(_ name: String, _ addresses: [String]) { table.withLock { $0[name] = addresses } }

    func addresses(of name: String) -> [IPAddress] {
        asked.withLock { $0.append(name) }
        let found = table.withLock { $0[name] } ?? (name.hasSuffix(".test") ? ["127.0.0.1"] : [])
        return found.compactMap { IPAddress($0) }
    }
}

/// Hangs for names that begin with `hung` until it is released.
final class HangingLookup: NameLookup {
    private let latch: Latch

    init() throws { latch = try Latch() }

    func release() { latch.open() }

    func addresses(of name: String) -> [IPAddress] {
        if name.hasPrefix("hung") { latch.wait() }
        return [IPAddress("127.0.0.1")].compactMap { $0 }
    }
}

/// Things in the order in which they came, from any thread.
final class Collected<Element: Sendable>: Sendable {
    private let elements = Mutex<[Element]>([])

    var all: [Element] { elements.withLock { $0 } }

    /// Adds one and says how many there are.
    @discardableResult func add(_ element: Element) -> Int {
        elements.withLock {
            $0.append(element)
            return $0.count
        }
    }
}

/// A clock that a test moves by hand.
final class ManualTime: TimeSource {
    private let now = Mutex(Duration.zero)

    var monotonic: Duration { now.withLock { $0 } }
    var wallMilliseconds: Int64 { 0 }

    func advance(by duration: Duration) { now.withLock { $0 += duration } }
}
