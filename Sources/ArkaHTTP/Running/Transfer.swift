import Glibc
import PactPlugins

/// Names a request within its client.
typealias TransferID = UInt64

/// One request on its way, from arrival to outcome. Belongs to the event thread.
final class Transfer {
    /// How far it has come.
    enum Phase {
        /// Stands in the line of its host.
        case waiting
        /// Has a place at its host, and waits for the host's addresses.
        case resolving
        /// Has a place at its host, and is in libcurl's hands.
        case out(EasyHandle)
    }

    let id: TransferID
    let policy: EgressPolicy
    let batch: RequestBatch
    /// Its place in the batch.
    let index: Int
    let deadline: Duration
    private let limits: HTTPClientSettings

    private(set) var request: CheckedRequest
    var phase = Phase.waiting
    /// Whether only a connection of its own will do.
    private(set) var needsFreshConnection = false
    /// Redirects that it has followed.
    private(set) var redirectCount = 0

    private var status = 0
    private var headers: [HTTPRequest.Header] = []
    private var headerByteCount = 0
    private var body: [UInt8] = []

    /// Times that it was sent.
    private(set) var sentCount = 0
    private var hasSentBefore = false
    private var allowedCount = 0
    private var refusedCount = 0
    /// Whether a kept-alive connection led to an address that the policy refuses.
    private(set) var wasRefusedOnSend = false
    /// Whether it would have had to be sent a second time, and may not be.
    private(set) var wasSpared = false

    init(
        _ submission: Submission, deadline: Duration, limits: HTTPClientSettings
    ) {
        id = submission.id
        request = submission.request
        policy = submission.batch.policy
        batch = submission.batch
        index = submission.index
        self.deadline = deadline
        self.limits = limits
    }

    /// Its host and port.
    var authority: RequestTarget.Authority { request.target.authority }

    /// Whether anything of it may have reached a service.
    var mayHaveBeenSent: Bool { hasSentBefore || sentCount > 0 }

    /// Whether every address that was tried was one the policy refuses.
    var wasRefusedOnConnect: Bool { refusedCount > 0 && allowedCount == 0 }

    /// What has been received.
    var response: HTTPResponse { HTTPResponse(status: status, headers: headers, body: body) }

    /// Whether the response leads elsewhere and may be followed.
    var mayFollowRedirect: Bool {
        redirectCount < limits.redirectsMax && request.method == .get
            && [301, 302, 303, 307, 308].contains(status)
    }

    /// Turns to another address. The time limit stays what it was.
    func follow(_ next: CheckedRequest) {
        request = next
        redirectCount += 1
        startOver()
    }

    /// Tries once more, on a connection of its own.
    func retryOnFreshConnection() {
        startOver()
        needsFreshConnection = true
    }

    /// Describes how it failed.
    func failure(_ kind: HTTPFailure.Kind, _ reason: String) -> HTTPFailure {
        HTTPFailure(kind, message: "\(authority): \(reason)", mayHaveBeenSent: mayHaveBeenSent)
    }

    private func startOver() {
        phase = .waiting
        needsFreshConnection = false
        hasSentBefore = mayHaveBeenSent
        (sentCount, allowedCount, refusedCount) = (0, 0, 0)
        (wasRefusedOnSend, wasSpared) = (false, false)
        status = 0
        headers = []
        headerByteCount = 0
        body = []
    }
}

/// What libcurl asks and tells during a transfer.
extension Transfer {
    /// Whether a socket to an address may be opened.
    func mayConnect(to address: IPAddress?) -> Bool {
        guard let address, policy.allows(address) else {
            refusedCount += 1
            return false
        }
        allowedCount += 1
        return true
    }

    /// Whether the request may be sent on a connection to an address; libcurl asks again before it sends
    /// again, because the kept-alive connection that it took had died.
    func maySend(to address: IPAddress?) -> Bool {
        guard let address, policy.allows(address) else {
            wasRefusedOnSend = true
            return false
        }
        guard sentCount == 0 || (request.method.isIdempotent && sentCount < HTTPLimits.sendsMax)
        else {
            wasSpared = true
            return false
        }
        sentCount += 1
        return true
    }

    /// Takes a line of the head or the trailer.
    /// - Returns: False if the head becomes too large.
    func receive(header line: UnsafeRawBufferPointer) -> Bool {
        headerByteCount += line.count
        guard headerByteCount <= limits.responseHeaderBytesMax else { return false }
        // SAFETY: the bytes are read during libcurl's call, while they are valid.
        let bytes = line.prefix { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
        if bytes.starts(with: "HTTP/".utf8) {
            // Each answer begins anew: an interim one (100, 103) comes before the one that counts.
            headers = []
            status = Self.status(bytes)
        } else if let colon = bytes.firstIndex(of: UInt8(ascii: ":")) {
            let value = bytes[(colon + 1)...]
            headers.append(
                .init(
                    String(decoding: bytes[..<colon], as: UTF8.self),
                    String(decoding: Self.trimmed(value), as: UTF8.self)))
        }
        return true
    }

    /// Takes bytes of the body.
    /// - Returns: False if it becomes too large.
    func receive(body bytes: UnsafeRawBufferPointer) -> Bool {
        guard body.count + bytes.count <= limits.responseBytesMax else { return false }
        body.append(contentsOf: bytes)
        return true
    }

    private static func status(_ line: Slice<UnsafeRawBufferPointer>) -> Int {
        let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
        guard parts.count > 1 else { return 0 }
        return Int(String(decoding: parts[1], as: UTF8.self)) ?? 0
    }

    private static func trimmed(
        _ bytes: Slice<UnsafeRawBufferPointer>
    ) -> Slice<UnsafeRawBufferPointer> {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
        let rest = bytes.drop(while: isSpace)
        guard let last = rest.lastIndex(where: { !isSpace($0) }) else {
            return rest[..<rest.startIndex]
        }
        return rest[...last]
    }
}
