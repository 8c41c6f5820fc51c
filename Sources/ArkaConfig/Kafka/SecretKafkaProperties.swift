/// Whether a librdkafka property holds a password, key or token by its name.
///
/// Told by words, so that properties of versions not yet known are covered too; a certificate that is
/// hidden needlessly does no harm.
func isSecretKafkaProperty(_ name: String) -> Bool {
    let words: Set<Substring> = [
        "password", "secret", "pem", "token", "jaas", "assertion", "credentials",
    ]
    let parts = name.lowercased().split { $0 == "." || $0 == "_" || $0 == "-" }
    return name == "sasl.oauthbearer.config" || parts.contains { words.contains($0) }
}
