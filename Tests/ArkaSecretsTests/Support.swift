import ArkaHTTP
import ArkaModel
import ArkaSecrets
import PactPlugins
import Synchronization
import Testing

/// A clock that a test moves by hand.
final class ManualTime: TimeSource {
    private let now = Mutex(Duration.zero)

    var monotonic: Duration { now.withLock { $0 } }
    var wallMilliseconds: Int64 { 0 }

    func advance(by duration: Duration) { now.withLock { $0 += duration } }
}

/// A backend that says what a test tells it to.
final class ScriptedBackend: SecretBackend {
    private struct State {
        var answers: [String: Result<String?, SecretFailure>] = [:]
        var asked: [String] = []
        var held: [CheckedContinuation<Void, Never>] = []
        var isHolding = false
    }

    let name: String
    private let state = Mutex(State())

    init(_ name: String, _ answers: [String: String] = [:]) {
        self.name = name
        for (key, value) in answers { set(key, value) }
    }

    func set(_ name: String, _ value: String?) {
        state.withLock { $0.answers[name] = .success(value) }
    }

    func fail(_ name: String, _ kind: SecretFailure.Kind) {
        state.withLock {
            $0.answers[name] = .failure(SecretFailure(name, kind, "\(self.name) says \(kind)"))
        }
    }

    /// Names that were asked for, in order.
    var asked: [String] { state.withLock { $0.asked } }

    /// Answers nobody until it is released.
    func hold() { state.withLock { $0.isHolding = true } }

    func release() {
        let held = state.withLock { state in
            state.isHolding = false
            defer { state.held = [] }
            return state.held
        }
        for one in held { one.resume() }
    }

    func secret(_ name: SecretName) async throws(SecretFailure) -> SecretAnswer? {
        await withCheckedContinuation { continuation in
            let isHeld = state.withLock { state in
                state.asked.append(name.text)
                if state.isHolding { state.held.append(continuation) }
                return state.isHolding
            }
            if !isHeld { continuation.resume() }
        }
        let answer = state.withLock { $0.answers[name.text] } ?? .success(nil)
        return try answer.get().map { SecretAnswer(SecretText($0)) }
    }
}

/// Lines of a log, from any thread.
final class Lines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func add(_ level: PluginServices.LogLevel, _ line: String) {
        lines.withLock { $0.append("\(level): \(line)") }
    }
}

/// How asking for a secret fails; a secret is a failure of the test.
func failure(
    _ body: () async throws(SecretFailure) -> some Any,
    _ location: SourceLocation = #_sourceLocation
) async throws -> SecretFailure {
    do throws(SecretFailure) {
        _ = try await body()
    } catch {
        return error
    }
    throw NoFailure()
}

struct NoFailure: Error {}

/// A service that says one thing to everybody.
struct OneAnswer: HTTPTransport {
    let status: Int
    let body: String

    func perform(_ requests: [HTTPRequest]) async -> [Result<HTTPResponse, HTTPFailure>] {
        requests.map { _ in .success(HTTPResponse(status: status, body: Array(body.utf8))) }
    }
}

/// A way to this machine, for the length of a test.
func withTransport<Result>(_ body: (any HTTPTransport) async throws -> Result) async throws
    -> Result
{
    let client = HTTPClient()
    try client.start()
    let transport = client.transport(
        EgressPolicy(allowedRanges: [.everyIPv4, .everyIPv6] + EgressPolicy.guardedRanges))
    let result: Swift.Result<Result, any Error>
    do { result = .success(try await body(transport)) } catch { result = .failure(error) }
    await client.shutdown(deadline: .zero)
    return try result.get()
}
