import Synchronization

/// Knows the secrets of a process, and takes them out of texts that leave it.
///
/// One stands behind everything that shows what a plugin said: log lines, health, errors and warnings
/// in decisions, audit records. Whoever reads a secret adds it before anybody else sees it.
public final class SecretRedactor: Sendable {
    /// What stands in the place of a secret.
    public static let mark = "[redacted]"
    /// Texts that are shorter would be found everywhere.
    public static let bytesMin = 4

    /// The longest first: one may be a part of another.
    private let texts = Mutex<[String]>([])

    /// Knows no secret yet.
    public init() {}

    /// Takes note of a secret; one that is shorter than ``bytesMin`` is not looked for.
    public func add(_ secret: String) {
        guard secret.utf8.count >= Self.bytesMin else { return }
        texts.withLock { texts in
            guard !texts.contains(secret) else { return }
            texts.append(secret)
            texts.sort { $0.utf8.count > $1.utf8.count }
        }
    }

    /// The text with ``mark`` in the place of every secret.
    public func redacted(_ text: String) -> String {
        texts.withLock { $0 }.reduce(text) { $0.replacing($1, with: Self.mark) }
    }
}
