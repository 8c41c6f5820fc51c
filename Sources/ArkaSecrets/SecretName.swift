import ArkaModel
public import PactPlugins

/// A secret's name, such as `sanctions/api-key`, or `database#password` for a field of what is there.
public struct SecretName: Sendable, Hashable {
    /// Bytes of a name.
    public static let bytesMax = 256

    /// All of it.
    public let text: String
    /// What stands between the slashes, at least one.
    public let segments: [String]
    /// What stands behind `#`.
    public let field: String?

    /// Reads a name.
    /// - Throws: ``PactPlugins/SecretFailure``: letters, digits, `.`, `_` and `-` make up its parts, and
    ///   none may lead out of the place where secrets are.
    public init(_ text: String) throws(SecretFailure) {
        let halves = text.split(separator: "#", omittingEmptySubsequences: false)
        let segments = halves[0].split(separator: "/", omittingEmptySubsequences: false)
        let parts = segments + halves.dropFirst()
        guard halves.count <= 2, text.utf8.count <= Self.bytesMax, parts.allSatisfy(Self.isPart)
        else {
            throw SecretFailure(
                text, .malformed,
                "a name is parts of letters, digits, '.', '_' and '-' with '/' between them, and may "
                    + "end with '#' and a field")
        }
        self.text = text
        self.segments = segments.map(String.init)
        field = halves.count == 2 ? String(halves[1]) : nil
    }

    /// The name without its field.
    public var path: String { segments.joined(separator: "/") }

    private static func isPart(_ part: Substring) -> Bool {
        !part.isEmpty && part != "." && part != ".."
            && part.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "._-".utf8.contains(byte)
                }
            }
    }
}

extension SecretName {
    func failure(_ kind: SecretFailure.Kind, _ reason: String) -> SecretFailure {
        SecretFailure(text, kind, reason)
    }

    /// The secret in a text: all of it, or a field of the JSON object that it is.
    /// - Parameter backend: For messages.
    func answer(
        in text: String, of backend: String
    ) throws(SecretFailure) -> SecretAnswer {
        guard let field else {
            guard !text.isEmpty else { throw failure(.malformed, "\(backend) has an empty text") }
            return SecretAnswer(SecretText(text))
        }
        // What is wrong with the text is not said: messages of the parser may show a part of it.
        guard let value = try? PluginValue(json: text, inexactNumbers: .rounded) else {
            throw failure(.malformed, "\(backend) has no JSON object there, and so no '\(field)'")
        }
        guard let secret = value[field]?.text, !secret.isEmpty else {
            throw failure(.malformed, "\(backend) has no text '\(field)' in the object there")
        }
        return SecretAnswer(SecretText(secret))
    }
}
