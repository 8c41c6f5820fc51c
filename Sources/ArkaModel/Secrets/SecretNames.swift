/// Whether a secret stands under a name, as far as the name tells: `api_key`, `privateKey`, `Password`.
///
/// Errs to neither side: what stands there is hidden in messages and taken out of logs wherever it comes
/// up again.
public func isSecretName(_ name: String) -> Bool { isSecretName(plain: plainName(name)) }

/// Whether something stands under a name that nobody should read later: a secret, or what a person types
/// in or is known by, such as `pin`, `cvv` or `session-id`.
///
/// Errs to the side of hiding; for records that leave the process and are kept.
public func isGuardedName(_ name: String) -> Bool {
    let plain = plainName(name)
    return isSecretName(plain: plain) || guardedWords.contains(plain) || plain.contains("cookie")
}

private func isSecretName(plain: String) -> Bool {
    secretParts.contains { plain.contains($0) }
}

/// The name however its words are joined: `private_key` and `privateKey` are both `privatekey`.
private func plainName(_ name: String) -> String {
    name.lowercased().filter { $0.isLetter || $0.isNumber }
}

/// What stands in the names of secrets.
private let secretParts = [
    "accesskey", "apikey", "authkey", "authorization", "credential", "passphrase", "passwd",
    "password", "privatekey", "secret", "token",
]

/// Names that are guarded as they stand, and too short to be looked for in others.
private let guardedWords: Set<String> = [
    "auth", "cvc", "cvc2", "cvv", "cvv2", "otp", "pin", "pwd", "sessionid",
]
