import ArkaSystem
public import PactPlugins

/// Secrets in files, as Docker and Kubernetes mount them: `sanctions/api-key` is the file `api-key` in the
/// directory `sanctions`.
///
/// One line end at the end of a file is not part of the secret. Links are followed as long as they lead
/// to the same directory, as those of Kubernetes do.
public struct FileSecrets: SecretBackend {
    /// Bytes of a secret.
    public static let bytesMax = 64 << 10

    private let directory: String

    /// Reads from a directory.
    public init(directory: String) {
        self.directory = directory
    }

    /// Names the directory.
    public var name: String { "file \(directory)" }

    /// Reads a file.
    public func secret(_ name: SecretName) async throws(SecretFailure) -> SecretAnswer? {
        let bytes: [UInt8]?
        do throws(SystemError) {
            bytes = try readFile(name.path, inside: directory, limit: Self.bytesMax)
        } catch {
            throw name.failure(error.secretKind, "\(self.name): \(error)")
        }
        guard let bytes else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw name.failure(.malformed, "\(self.name) has a file that is no text")
        }
        return try name.answer(in: text.withoutLineEnd, of: self.name)
    }
}

extension SystemError {
    /// What keeps a file from being read: its size, the rights of this user or where it lies, or
    /// something that may pass, such as a mount that is not there yet.
    fileprivate var secretKind: SecretFailure.Kind {
        if code == .fileTooLarge { return .malformed }
        return isRightMissing || errorNumber == 0 ? .denied : .unavailable
    }
}

extension String {
    /// The text without one line end behind it.
    var withoutLineEnd: String {
        // A text that ends with CR and LF ends with one character.
        hasSuffix("\n") || hasSuffix("\r\n") ? String(dropLast()) : self
    }
}
