import ArkaModel

/// Blots secrets out of the texts that messages show.
///
/// A message prints the line of its place. Where that line holds a secret, the message gets a copy of
/// the text in which every byte of the secret is a star; places stay as they are.
struct SecretMask {
    private let secrets: [SourcePlace]

    init(_ secrets: [SourcePlace]) {
        self.secrets = secrets.filter { !$0.namesVariableOnly }
    }

    /// The same diagnostics over texts without secrets.
    func masked(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        var cache: [Pair] = []
        return diagnostics.map { $0.showing(masked($0.source, &cache)) }
    }

    /// The same places over texts without secrets.
    func masked(_ places: [String: SourcePlace]) -> [String: SourcePlace] {
        var cache: [Pair] = []
        return places.mapValues { SourcePlace(masked($0.source, &cache), $0.range) }
    }

    /// A text and its masked copy. A list is searched for them, not a dictionary: hashing a text
    /// reads all of it, comparing it with itself reads nothing, and there are few.
    private typealias Pair = (source: SourceText, masked: SourceText)

    private func masked(_ source: SourceText, _ cache: inout [Pair]) -> SourceText {
        if secrets.isEmpty { return source }
        if let known = cache.first(where: { $0.source == source }) { return known.masked }
        var bytes = source.utf8
        for secret in secrets where secret.source == source {
            for index in secret.range.start..<secret.range.end
            where bytes[index] != UInt8(ascii: "\n") && bytes[index] != UInt8(ascii: "\r") {
                bytes[index] = UInt8(ascii: "*")
            }
        }
        let result = SourceText(name: source.name, utf8: bytes)
        cache.append((source, result))
        return result
    }
}

extension SourcePlace {
    /// Whether the text here is one variable without a default, such as `${PASSWORD}`: that may be
    /// seen, and says where to look.
    fileprivate var namesVariableOnly: Bool {
        var text = source.utf8[range.start..<range.end]
        if let quote = text.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") {
            text = text.dropFirst().dropLast()
        }
        guard
            case .success(let template) = parseTemplate(
                String(decoding: text, as: UTF8.self), depthMax: 0),
            template.parts.count == 1, case .variable(_, nil)? = template.parts.first
        else { return false }
        return true
    }
}
