import Synchronization

/// Knows the secrets of a process, and takes them out of texts that leave it: as they are, and as they
/// look in an address, in base64 and in JSON.
///
/// One stands behind everything that shows what a plugin said: log lines, health, errors and warnings
/// in decisions, audit records. Whoever reads a secret adds it before anybody else sees it.
public final class SecretRedactor: Sendable {
    /// What stands in the place of a secret.
    public static let mark = "[redacted]"
    /// Texts that are shorter would be found everywhere.
    public static let bytesMin = 4
    /// How many values of one secret are known, the newest: what was rotated away may still be said.
    public static let rotationsMax = 16

    private struct State {
        var lasting: Set<String> = []
        /// The values of secrets that change, the newest last.
        var rotating: [String: [String]] = [:]
        var needles = SecretNeedles()
    }

    private let state = Mutex(State())
    /// So that whoever has no secrets pays one load.
    private let knowsNone = Atomic(true)

    /// Knows no secret yet.
    public init() {}

    /// Whether there is nothing to take out.
    public var isEmpty: Bool { knowsNone.load(ordering: .acquiring) }

    /// Takes note of a secret; one that is shorter than ``bytesMin`` is not looked for.
    public func add(_ secret: String) {
        guard secret.utf8.count >= Self.bytesMin else { return }
        change { state in state.lasting.insert(secret).inserted }
    }

    /// Takes note of the current value of a secret that changes; the last ``rotationsMax`` stay known.
    public func add(_ secret: String, of name: String) {
        guard secret.utf8.count >= Self.bytesMin else { return }
        change { state in
            var values = state.rotating[name] ?? []
            guard !values.contains(secret) else { return false }
            values.append(secret)
            state.rotating[name] = values.suffix(Self.rotationsMax)
            return true
        }
    }

    /// Makes the needles anew if something changed.
    private func change(_ body: (inout sending State) -> Bool) {
        state.withLock { state in
            guard body(&state) else { return }
            state.needles = SecretNeedles(state.lasting.union(state.rotating.values.joined()))
            knowsNone.store(false, ordering: .releasing)
        }
    }

    /// The text with ``mark`` in the place of every secret.
    public func redacted(_ text: String) -> String {
        guard !isEmpty, let bytes = needles.replaced(in: Array(text.utf8)) else { return text }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The bytes with ``mark`` in the place of every secret.
    public func redacted(_ bytes: [UInt8]) -> [UInt8] {
        guard !isEmpty else { return bytes }
        return needles.replaced(in: bytes) ?? bytes
    }

    private var needles: SecretNeedles { state.withLock { $0.needles } }
}
