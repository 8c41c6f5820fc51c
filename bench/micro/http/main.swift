import ArkaHTTP
import ArkaSystem
import Glibc
import PactPlugins

// What a call of an outside service costs this process: `arka-httpbench URL [REQUESTS]`.
//
// Asks for the address with 1, 8 and 64 requests at once, each given by a task of its own that waits for
// its answer ("single"), and in batches of as many ("batch"). Prints CPU time of this process, user and
// system, which is what the figures are about; wall time depends on the server. Put `wrk -t1` with as many
// connections beside it, on the same server: its CPU time is what `time` says.

guard CommandLine.arguments.count > 1 else {
    print("usage: arka-httpbench URL [REQUESTS]")
    exit(2)
}
let url = CommandLine.arguments[1]
let requestCount = CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 40_000

let client = HTTPClient()
try client.start()
let transport = client.transport(
    EgressPolicy(allowedRanges: [.everyIPv4, .everyIPv6, .loopbackIPv4, .loopbackIPv6]))
let request = HTTPRequest(.get, url)

print(HTTPClient.libraryVersion)
print("at once  form    CPU us/call  calls/CPU s   calls/s  connections")
for concurrency in [1, 8, 64] {
    try await measure("single", concurrency) { try await single(concurrency, $0) }
    if concurrency > 1 {
        try await measure("batch ", concurrency) { try await batches(of: concurrency, $0) }
    }
}
await client.shutdown(deadline: .zero)

/// Tasks that each ask, wait for the answer, and ask again.
@Sendable func single(_ concurrency: Int, _ count: Int) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<concurrency {
            group.addTask {
                for _ in 0..<count / concurrency { try check(await transport.perform([request])) }
            }
        }
        try await group.waitForAll()
    }
}

/// Batches, one after the other.
@Sendable func batches(of size: Int, _ count: Int) async throws {
    let requests = Array(repeating: request, count: size)
    for _ in 0..<count / size { try check(await transport.perform(requests)) }
}

/// A call that failed costs something else: there must be none.
@Sendable func check(_ outcomes: [Result<HTTPResponse, HTTPFailure>]) throws {
    for outcome in outcomes {
        let status = try outcome.get().status
        precondition(status == 200, "the server answers \(status)")
    }
}

func measure(
    _ form: String, _ concurrency: Int, _ body: (Int) async throws -> Void
) async throws {
    try await body(requestCount / 10)
    let before = client.statistics.connectionsOpened
    let start = ProcessUsage.cpuTime
    let wall = try await ContinuousClock().measure { try await body(requestCount) }
    let end = ProcessUsage.cpuTime
    let used = end.user + end.system - start.user - start.system
    let count = requestCount / concurrency * concurrency
    let columns = [
        padded(concurrency, 7), "  " + form, padded(tenths(used / count / .microseconds(0.1)), 12),
        padded(Int(Double(count) / (used / .seconds(1))), 13),
        padded(Int(Double(count) / (wall / .seconds(1))), 10),
        padded(client.statistics.connectionsOpened - before, 13),
    ]
    print(columns.joined())
}

func tenths(_ value: Double) -> String {
    let rounded = Int(value.rounded())
    return "\(rounded / 10).\(rounded % 10)"
}

func padded(_ value: some CustomStringConvertible, _ width: Int) -> String {
    let text = value.description
    return String(repeating: " ", count: max(0, width - text.count)) + text
}
