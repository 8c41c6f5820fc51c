import CCurl
import PactPlugins

extension EasyHandle {
    /// Sets everything up for a transfer, from nothing.
    /// - Parameters:
    ///   - addresses: Where its host is to be found; empty if the host is an address itself.
    ///   - timeLeft: Until the transfer must have ended.
    func prepare(
        _ transfer: Transfer, addresses: [IPAddress], timeLeft: Duration,
        settings: HTTPClientSettings
    ) {
        reset()
        setBounds(timeLeft: timeLeft, settings)
        setTrust(settings)
        setRequest(transfer.request)
        setPins(transfer.request.target, addresses)
        set(CURLOPT_USERAGENT, settings.userAgent)
        if transfer.needsFreshConnection { set(CURLOPT_FRESH_CONNECT, 1) }
        setCallbacks(for: transfer)
    }

    /// What is the same whatever is asked.
    private func setBounds(timeLeft: Duration, _ settings: HTTPClientSettings) {
        // No signals, which belong to the whole process, and no joining of a thread that looks a name up.
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_QUICK_EXIT, 1)
        // The environment may name a proxy; an empty one means none.
        set(CURLOPT_PROXY, "")
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        // Redirects are followed above libcurl, where each hop is checked and resolved like a request.
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        set(CURLOPT_TCP_NODELAY, 1)
        let left = milliseconds(timeLeft)
        set(CURLOPT_TIMEOUT_MS, left)
        set(CURLOPT_CONNECTTIMEOUT_MS, min(left, milliseconds(settings.connectTimeout)))
        set(size: CURLOPT_MAXFILESIZE_LARGE, settings.responseBytesMax)
    }

    private func setTrust(_ settings: HTTPClientSettings) {
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        // Debian's default directory of certificates switches libcurl's cache of them off: without this
        // line every new connection parses the whole bundle, 22 ms of CPU.
        set(CURLOPT_CAPATH, nil)
        if let file = settings.trustedCertificatesPath { set(CURLOPT_CAINFO, file) }
    }

    private func setRequest(_ request: CheckedRequest) {
        set(CURLOPT_URL, request.target.url)
        set(CURLOPT_HTTPHEADER, lines: request.headerLines)
        if let body = request.body
            ?? (request.method == .get || request.method == .delete ? nil : [])
        {
            set(CURLOPT_POST, 1)
            set(body: body)
            if request.method != .post { set(CURLOPT_CUSTOMREQUEST, request.method.rawValue) }
        } else {
            set(CURLOPT_HTTPGET, 1)
            if request.method != .get { set(CURLOPT_CUSTOMREQUEST, request.method.rawValue) }
        }
    }

    /// Tells libcurl the addresses of the host, so that it never looks a name up itself.
    private func setPins(_ target: RequestTarget, _ addresses: [IPAddress]) {
        guard !addresses.isEmpty else { return }
        let list = addresses.map { $0.isIPv4 ? "\($0)" : "[\($0)]" }.joined(separator: ",")
        // The plus lets the entry age in libcurl's own cache; the next request brings it anew.
        let authority = target.authority
        set(CURLOPT_RESOLVE, lines: ["+\(authority.host):\(authority.port):\(list)"])
    }

    /// Milliseconds, rounded up: zero would mean no limit.
    private func milliseconds(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        let part = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return max(1, Int(seconds) * 1000 + Int(part))
    }
}
