/// Whether a secret stands under a name, as far as the name tells: `api_key`, `privateKey`, `Password`.
///
/// Errs to neither side: what stands there is hidden in messages and taken out of logs wherever it comes
/// up again.
public func isSecretName(_ name: String) -> Bool { isSecretName(utf8: name.utf8) }

/// The same of a name in bytes: a text of megabytes has very many of them.
/// - Parameter more: Other words, in lower case, that stand in names of secrets there.
public func isSecretName(utf8 name: some Sequence<UInt8>, or more: [[UInt8]] = []) -> Bool {
    let plain = plainName(name)
    return isSecretName(plain: plain) || more.contains { plain.holds($0) }
}

/// Whether something stands under a name that nobody should read later: a secret, or what a person types
/// in or is known by, such as `pin`, `cvv` or `session-id`.
///
/// Errs to the side of hiding; for records that leave the process and are kept.
public func isGuardedName(_ name: String) -> Bool {
    let plain = plainName(name.utf8)
    return isSecretName(plain: plain) || guardedWords.contains(plain)
        || plain.holds(Array("cookie".utf8))
}

private func isSecretName(plain: [UInt8]) -> Bool {
    secretParts.contains { plain.holds($0) }
}

/// The letters and digits of a name, in lower case, however its words are joined: `private_key` and
/// `privateKey` are both `privatekey`. The words below are ASCII; other characters stay what they are.
private func plainName(_ name: some Sequence<UInt8>) -> [UInt8] {
    name.compactMap { byte in
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
        case 0x80...: byte
        default: nil
        }
    }
}

extension [UInt8] {
    /// Whether a word stands in it. The standard library's own search costs many times as much for
    /// texts as short as these.
    fileprivate func holds(_ word: [UInt8]) -> Bool {
        guard count >= word.count else { return false }
        return (0...(count - word.count)).contains { start in
            self[start] == word[0] && word.indices.allSatisfy { self[start + $0] == word[$0] }
        }
    }
}

/// What stands in the names of secrets.
private let secretParts = [
    "accesskey", "apikey", "authkey", "authorization", "credential", "passphrase", "passwd",
    "password", "privatekey", "secret", "token",
].map { Array($0.utf8) }

/// Names that are guarded as they stand, and too short to be looked for in others.
private let guardedWords = Set(
    ["auth", "cvc", "cvc2", "cvv", "cvv2", "otp", "pin", "pwd", "sessionid"].map { Array($0.utf8) })
