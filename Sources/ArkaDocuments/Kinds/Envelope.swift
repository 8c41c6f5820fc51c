/// What every document has around its `spec`.
struct Envelope<Spec: Sendable>: Sendable {
    var version = documentVersion
    var kind: String
    var name = ""
    var spec: Spec
}

/// The version of the form of documents.
let documentVersion = "arka.io/v1"

extension DocumentKind {
    /// The section that is the whole document.
    var envelope: Section<Envelope<Spec>> {
        let kind = name
        let blank = Envelope(kind: kind, spec: spec.blank)
        let name = Field<Envelope<Spec>>(
            "name", .text(documentNameWords, isAllowed: isDocumentName), into: \.name,
            isRequired: true,
            example: "my-\(kind.hyphenated)", "The name in decisions, metrics and logs.")
        return Section(
            blank,
            [
                Field(
                    "apiVersion", .text(documentVersion) { $0 == documentVersion },
                    into: \.version, isRequired: true, example: documentVersion,
                    "The form of the document."),
                Field(
                    "kind", .text(kind) { $0 == kind }, into: \.kind, isRequired: true,
                    example: kind, "The kind of document."),
                .inPlace(
                    "metadata",
                    Section(blank, [name] + metadata.map { $0.lifted(into: \.spec) }),
                    of: \.self, "What the document is called."),
                .inPlace("spec", spec, of: \.spec, summary),
            ])
    }
}

/// The expectation behind ``isDocumentName(_:)``.
public let documentNameWords = "lower-case letters, digits and '-', at most 63"

/// Whether a text can be the name of a document: see ``documentNameWords``.
public func isDocumentName(_ name: String) -> Bool {
    (1...63).contains(name.utf8.count) && !name.hasPrefix("-") && !name.hasSuffix("-")
        && name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "-")
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
}

extension String {
    /// `PluginConfig` as `plugin-config`.
    fileprivate var hyphenated: String {
        reduce(into: "") { text, letter in
            if letter.isUppercase, !text.isEmpty { text += "-" }
            text += letter.lowercased()
        }
    }
}
