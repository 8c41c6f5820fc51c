public import ArkaModel
import Glibc

/// What the operating system refused, or what is wrong with a file.
///
/// None of these is worth an immediate retry. `reason` ends with the system's own words where there
/// are any.
public struct SystemError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind, listed in `docs/spec/error-codes.md`.
    public let code: DiagnosticCode
    /// What it is about: a path as the user gave it, `standard input`, or a part of the program.
    public let subject: String
    /// What is wrong, without a full stop.
    public let reason: String
    /// The system's error number, or 0 if the error is not the system's.
    public let errorNumber: Int32

    /// Makes an error; `errorNumber` adds the system's words to the reason.
    public init(
        _ code: DiagnosticCode, _ subject: String, _ reason: String, errorNumber: Int32 = 0
    ) {
        self.code = code
        self.subject = subject
        self.reason =
            errorNumber == 0 ? reason : "\(reason): \(Self.words(for: errorNumber))"
        self.errorNumber = errorNumber
    }

    /// One line for people: subject, reason, code.
    public var description: String { "\(subject): \(reason) [\(code)]" }

    /// Whether whoever read our output has gone away (`pact eval … | head`).
    public var isBrokenPipe: Bool { errorNumber == EPIPE }

    /// Whether this user lacks the right.
    public var isRightMissing: Bool { errorNumber == EACCES || errorNumber == EPERM }

    private static func words(for number: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 128)
        // SAFETY: the buffer is ours for the call; the POSIX variant of the function fills it.
        guard strerror_r(number, &buffer, buffer.count) == 0 else { return "error \(number)" }
        let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
