import ArkaHTTP
import PactPlugins

// Asks for the address given as its argument and prints the status, or the kind of the failure: for
// tests that need an environment of their own.

let client = HTTPClient()
try client.start()
let policy = EgressPolicy(allowedRanges: [.loopbackIPv4])
do {
    let response = try await client.transport(policy).perform(
        HTTPRequest(.get, CommandLine.arguments[1]))
    print(response.status)
} catch {
    print(error.kind.rawValue)
}
await client.shutdown(deadline: .zero)
