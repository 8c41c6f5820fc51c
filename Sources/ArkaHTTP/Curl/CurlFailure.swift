import CCurl
import PactPlugins

/// What libcurl's results mean to whoever asked.
struct CurlFailure: Sendable {
    let kind: HTTPFailure.Kind
    /// What happened, for people.
    let reason: String

    /// Every result that a request of ours can end with. The addresses have been checked before, so
    /// "unsupported protocol" can only be a reply that is none of HTTP/1.
    static let table: [(code: CURLcode, CurlFailure)] = [
        (CURLE_UNSUPPORTED_PROTOCOL, .init(.malformed, "the answer is not HTTP/1")),
        (CURLE_URL_MALFORMAT, .init(.invalidRequest, "the address is malformed")),
        (CURLE_COULDNT_RESOLVE_PROXY, .init(.unresolved, "the name of the proxy has no address")),
        (CURLE_COULDNT_RESOLVE_HOST, .init(.unresolved, "the name has no address")),
        (CURLE_COULDNT_CONNECT, .init(.unreachable, "cannot connect")),
        (CURLE_WEIRD_SERVER_REPLY, .init(.malformed, "the answer is not HTTP")),
        (CURLE_HTTP2, .init(.malformed, "the answer breaks HTTP/2")),
        (CURLE_PARTIAL_FILE, .init(.interrupted, "the connection was closed in mid-answer")),
        (CURLE_WRITE_ERROR, .init(.tooLarge, "the answer is larger than allowed")),
        (CURLE_OPERATION_TIMEDOUT, .init(.timedOut, "no whole answer within the time limit")),
        (CURLE_SSL_CONNECT_ERROR, .init(.untrusted, "no secure connection came about")),
        (CURLE_ABORTED_BY_CALLBACK, .init(.interrupted, "the connection broke before an answer")),
        (CURLE_INTERFACE_FAILED, .init(.unreachable, "cannot connect")),
        (CURLE_GOT_NOTHING, .init(.interrupted, "the connection was closed without an answer")),
        (CURLE_SEND_ERROR, .init(.interrupted, "the connection broke while sending")),
        (CURLE_RECV_ERROR, .init(.interrupted, "the connection broke while receiving")),
        (CURLE_SSL_CERTPROBLEM, .init(.untrusted, "the own certificate cannot be used")),
        (CURLE_SSL_CIPHER, .init(.untrusted, "no cipher in common")),
        (CURLE_PEER_FAILED_VERIFICATION, .init(.untrusted, "the certificate is not trusted")),
        (CURLE_BAD_CONTENT_ENCODING, .init(.malformed, "the answer's coding is not understood")),
        (CURLE_FILESIZE_EXCEEDED, .init(.tooLarge, "the answer is larger than allowed")),
        (CURLE_USE_SSL_FAILED, .init(.untrusted, "no secure connection came about")),
        (CURLE_SEND_FAIL_REWIND, .init(.interrupted, "the connection broke while sending")),
        (
            CURLE_SSL_CACERT_BADFILE,
            .init(.untrusted, "the file of trusted certificates is unusable")
        ),
        (CURLE_SSL_SHUTDOWN_FAILED, .init(.interrupted, "the connection broke while receiving")),
        (CURLE_SSL_CRL_BADFILE, .init(.untrusted, "the revocation list is unusable")),
        (CURLE_SSL_ISSUER_ERROR, .init(.untrusted, "the certificate's issuer is not trusted")),
        (CURLE_CHUNK_FAILED, .init(.malformed, "the answer's chunks are malformed")),
        (CURLE_NO_CONNECTION_AVAILABLE, .init(.unreachable, "no connection is free")),
        (CURLE_SSL_PINNEDPUBKEYNOTMATCH, .init(.untrusted, "the certificate's key is not trusted")),
        (CURLE_SSL_INVALIDCERTSTATUS, .init(.untrusted, "the certificate has been revoked")),
        (CURLE_HTTP2_STREAM, .init(.malformed, "the answer breaks HTTP/2")),
        (CURLE_SSL_CLIENTCERT, .init(.untrusted, "the server wants a certificate of ours")),
    ]

    init(_ kind: HTTPFailure.Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }

    /// Looks a result up. One that the table lacks (out of memory, a defect of libcurl) reads as a
    /// connection that did not come about or broke, and its number is named.
    init(_ code: CURLcode, mayHaveBeenSent: Bool) {
        if let known = Self.table.first(where: { $0.code == code }) {
            self = known.1
        } else {
            kind = mayHaveBeenSent ? .interrupted : .unreachable
            reason = "libcurl failed (\(code.rawValue))"
        }
    }
}
