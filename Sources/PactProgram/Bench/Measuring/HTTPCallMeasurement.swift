import ArkaHTTP
import ArkaSystem
import PactPlugins
import Synchronization

/// Measures what requests to a server cost this process, and `wrk` on the same server if it is there.
/// - Throws: `SystemError` (`outOfResources`, `childFailed`), and `childFailed` too if a request does
///   not end with 200: one that fails costs something else.
func measureHTTPCalls(
    _ url: String, requests: Int, runner: ChildRunner
) throws(SystemError) -> HTTPCosts {
    let concurrency = 64
    let client = HTTPClient()
    try client.start()
    let transport = client.transport(
        EgressPolicy(
            allowedRanges: [.everyIPv4, .everyIPv6, .loopbackIPv4, .loopbackIPv6]))
    // The first requests open connections.
    try ask(url, concurrency, of: transport)
    let start = ProcessUsage.allCPUTime
    let rounds = max(1, requests / concurrency)
    for _ in 0..<rounds { try ask(url, concurrency, of: transport) }
    let engine = HTTPCosts.Side(
        name: HTTPClient.libraryVersion, requests: rounds * concurrency,
        cpuTime: ProcessUsage.allCPUTime - start)
    let wrk = try measureWrk(url, concurrency, runner)
    return HTTPCosts(url: url, concurrency: concurrency, engine: engine, wrk: wrk)
}

/// Performs requests at the same time, as a batch function does, and waits for all of them.
private func ask(
    _ url: String, _ count: Int, of transport: any HTTPTransport
) throws(SystemError) {
    let done = try Latch()
    let failures = Failures()
    let requests = Array(repeating: HTTPRequest(.get, url), count: count)
    Task {
        for outcome in await transport.perform(requests) { failures.take(outcome) }
        done.open()
    }
    done.wait()
    if let first = failures.first { throw SystemError(.childFailed, url, first) }
}

/// The first request that did not end well.
private final class Failures: Sendable {
    private let text = Mutex<String?>(nil)

    var first: String? { text.withLock { $0 } }

    func take(_ outcome: Result<HTTPResponse, HTTPFailure>) {
        switch outcome {
        case .success(let response) where response.status == 200: break
        case .success(let response): note("the server answers \(response.status)")
        case .failure(let failure): note(failure.message)
        }
    }

    private func note(_ failure: String) {
        text.withLock { $0 = $0 ?? failure }
    }
}

private let wrkSeconds = 2

/// What `wrk` needs with as many connections; `nil` where it is not installed.
private func measureWrk(
    _ url: String, _ connections: Int, _ runner: ChildRunner
) throws(SystemError) -> HTTPCosts.Side? {
    guard isInstalled("wrk") else { return nil }
    let result = try runner.run("wrk", "wrk", ["-t1", "-c\(connections)", "-d\(wrkSeconds)s", url])
    let text = String(decoding: result.output, as: UTF8.self)
    guard let requests = requestCount(inWrk: text) else {
        throw SystemError(.childFailed, "wrk", "says nothing of requests: \(text)")
    }
    return HTTPCosts.Side(
        name: "wrk", requests: requests, cpuTime: result.ended.userTime + result.ended.systemTime)
}

/// The number in the line `  123456 requests in 2.00s, 30.01MB read`.
func requestCount(inWrk text: String) -> Int? {
    for line in text.split(separator: "\n") {
        let words = line.split(separator: " ")
        if words.count > 2, words[1] == "requests", words[2] == "in" { return Int(words[0]) }
    }
    return nil
}

/// Whether a program stands in a folder of `PATH`.
private func isInstalled(_ program: String) -> Bool {
    let folders = Child.currentEnvironment["PATH", default: ""].split(separator: ":")
    return folders.contains { isReadableFile("\($0)/\(program)") }
}
