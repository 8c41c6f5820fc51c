import CCurl
import PactPlugins
import Testing

@testable import ArkaHTTP

/// What libcurl says, and how it is told.
@Suite struct CurlTests {
    @Test(
        arguments: [
            (CURLE_UNSUPPORTED_PROTOCOL, HTTPFailure.Kind.malformed),
            (CURLE_URL_MALFORMAT, .invalidRequest), (CURLE_COULDNT_RESOLVE_HOST, .unresolved),
            (CURLE_COULDNT_CONNECT, .unreachable), (CURLE_WEIRD_SERVER_REPLY, .malformed),
            (CURLE_PARTIAL_FILE, .interrupted), (CURLE_WRITE_ERROR, .tooLarge),
            (CURLE_OPERATION_TIMEDOUT, .timedOut), (CURLE_SSL_CONNECT_ERROR, .untrusted),
            (CURLE_ABORTED_BY_CALLBACK, .interrupted), (CURLE_GOT_NOTHING, .interrupted),
            (CURLE_SEND_ERROR, .interrupted), (CURLE_RECV_ERROR, .interrupted),
            (CURLE_PEER_FAILED_VERIFICATION, .untrusted), (CURLE_FILESIZE_EXCEEDED, .tooLarge),
            (CURLE_SSL_CACERT_BADFILE, .untrusted), (CURLE_SEND_FAIL_REWIND, .interrupted),
            (CURLE_BAD_CONTENT_ENCODING, .malformed), (CURLE_NO_CONNECTION_AVAILABLE, .unreachable),
        ] as [(CURLcode, HTTPFailure.Kind)])
    func `a result of libcurl is of its kind`(code: CURLcode, kind: HTTPFailure.Kind) {
        #expect(CurlFailure(code, mayHaveBeenSent: true).kind == kind)
    }

    @Test func `the table names each result once`() {
        let codes = CurlFailure.table.map(\.code.rawValue)
        #expect(Set(codes).count == codes.count)
        #expect(CurlFailure.table.allSatisfy { !$0.1.reason.isEmpty })
    }

    @Test func `a result that the table lacks says so, and whether something was sent`() {
        let before = CurlFailure(CURLE_OUT_OF_MEMORY, mayHaveBeenSent: false)
        let after = CurlFailure(CURLE_OUT_OF_MEMORY, mayHaveBeenSent: true)
        #expect(before.kind == .unreachable && after.kind == .interrupted)
        #expect(before.reason == "libcurl failed (27)")
    }

    /// Trap 7: the wrappers of variadic functions hand their values over as the type that the option is
    /// read as. What was set is read back where libcurl can tell it.
    @Test func `an option arrives with its value, and one that is not taken is noticed`() throws {
        let easy = try #require(EasyHandle())
        easy.set(CURLOPT_NOSIGNAL, 1)
        easy.set(CURLOPT_PROTOCOLS_STR, "http,https")
        easy.set(CURLOPT_URL, "http://service.test/path")
        easy.set(CURLOPT_CAPATH, nil)
        easy.set(size: CURLOPT_MAXFILESIZE_LARGE, 1 << 40)
        easy.set(CURLOPT_HTTPHEADER, lines: ["A: b", "C: d"])
        easy.set(body: [])
        #expect(easy.refusal == nil)
        #expect(easy.text(CURLINFO_EFFECTIVE_URL) == "http://service.test/path")
        #expect(easy.number(CURLINFO_RESPONSE_CODE) == 0)
        easy.set(CURLOPT_PROTOCOLS_STR, "nonsense")
        #expect(easy.refusal == CURLE_UNSUPPORTED_PROTOCOL)
        easy.set(CURLOPT_NOSIGNAL, 1)
        #expect(easy.refusal == CURLE_UNSUPPORTED_PROTOCOL)
        easy.reset()
        #expect(easy.refusal == nil)
        easy.set(CURLoption(rawValue: 99_999), 1)
        #expect(easy.refusal == CURLE_UNKNOWN_OPTION)
    }

    @Test func `the library is named with its version`() {
        #expect(HTTPClient.libraryVersion.hasPrefix("libcurl/"))
    }
}
