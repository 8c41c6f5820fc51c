import CCrypto

/// The digest SHA-256 (FIPS 180-4), by libcrypto.
///
/// The algorithm is looked up once; that first use loads libcrypto's provider (2 ms), so a program
/// that must not pause later calls ``SHA256/digest(of:)`` of nothing at its start.
public struct SHA256: ~Copyable {
    /// Bytes of a digest.
    public static let byteCount = 32
    private let context: OpaquePointer

    /// Begins a digest of bytes that come in pieces.
    public init() {
        // SAFETY: the context is owned by this value alone and freed in `deinit`; the algorithm lives
        // as long as the process.
        guard let context = EVP_MD_CTX_new(),
            EVP_DigestInit_ex2(context, Algorithm.sha256.pointer, nil) == 1
        else { fatalError("libcrypto cannot begin a SHA-256 digest: out of memory") }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Adds bytes.
    public mutating func update(_ bytes: RawSpan) {
        // SAFETY: the bytes are only read during the call.
        bytes.withUnsafeBytes { _ = EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
    }

    /// Adds bytes.
    public mutating func update(_ bytes: [UInt8]) { update(bytes.span.bytes) }

    /// The digest of everything added.
    public consuming func finish() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Self.byteCount) { output, count in
            // SAFETY: the output has room for the 32 bytes that this algorithm writes.
            EVP_DigestFinal_ex(context, output.baseAddress, nil)
            count = Self.byteCount
        }
    }

    /// The digest of some bytes.
    public static func digest(of bytes: RawSpan) -> [UInt8] {
        var digest = SHA256()
        digest.update(bytes)
        return digest.finish()
    }

    /// The digest of some bytes.
    public static func digest(of bytes: [UInt8]) -> [UInt8] {
        digest(of: bytes.span.bytes)
    }
}

/// An algorithm that was looked up in libcrypto's provider.
///
/// `EVP_sha256()` would be looked up again inside every digest, which doubles the cost of a short one.
private struct Algorithm: @unchecked Sendable {
    // SAFETY: libcrypto's algorithm objects are immutable and shared between threads.
    let pointer: OpaquePointer

    static let sha256 = Algorithm()

    private init() {
        guard let fetched = EVP_MD_fetch(nil, "SHA256", nil) else {
            fatalError("libcrypto has no SHA-256: its configuration (openssl.cnf) disables it")
        }
        pointer = fetched
    }
}
