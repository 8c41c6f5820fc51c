import CCrypto

/// The code HMAC-SHA-256 (RFC 2104) of a message, by libcrypto.
/// - Parameter key: At least one byte; never logged.
/// - Returns: ``SHA256/byteCount`` bytes.
public func hmacSHA256(of message: [UInt8], key: [UInt8]) -> [UInt8] {
    precondition(!key.isEmpty, "a code needs a key")
    return [UInt8](unsafeUninitializedCapacity: SHA256.byteCount) { output, count in
        // SAFETY: both inputs are only read during the call, and the output has room for the 32 bytes
        // that this algorithm writes; no message is an empty one, for which no address is needed.
        let code = key.withUnsafeBytes { key in
            message.withUnsafeBytes { message in
                EVP_Q_mac(
                    nil, "HMAC", nil, "SHA256", nil, key.baseAddress, key.count,
                    message.baseAddress, message.count, output.baseAddress, SHA256.byteCount,
                    &count)
            }
        }
        guard code != nil, count == SHA256.byteCount else {
            fatalError("libcrypto has no HMAC-SHA-256: its configuration (openssl.cnf) disables it")
        }
    }
}
