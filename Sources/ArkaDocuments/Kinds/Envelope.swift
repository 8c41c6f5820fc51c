/// What every document has around its `spec`.
struct Envelope<Spec: Sendable>: Sendable {
    var version = documentVersion
    var kind: String
    var metadata = Metadata()
    var spec: Spec

    struct Metadata: Sendable {
        var name = ""
    }
}

/// The version of the form of documents.
let documentVersion = "arka.io/v1"

extension DocumentKind {
    /// The section that is the whole document.
    var envelope: Section<Envelope<Spec>> {
        let kind = name
        let words = "lower-case letters, digits and '-', at most 63"
        return Section(
            Envelope(kind: kind, spec: spec.blank),
            [
                Field(
                    "apiVersion",
                    .text(documentVersion) { $0 == documentVersion }, into: \.version,
                    isRequired: true, "The form of the document."),
                Field(
                    "kind", .text(kind) { $0 == kind }, into: \.kind, isRequired: true,
                    "The kind of document."),
                Field(
                    "metadata",
                    .section(
                        Section(
                            Envelope<Spec>.Metadata(),
                            [
                                Field(
                                    "name", .text(words, isAllowed: isDocumentName), into: \.name,
                                    isRequired: true, "The name in decisions, metrics and logs.")
                            ])),
                    into: \.metadata, isRequired: true, "What the document is called."),
                Field(
                    "spec", .section(spec), into: \.spec, isRequired: true, summary),
            ])
    }
}

private func isDocumentName(_ name: String) -> Bool {
    (1...63).contains(name.utf8.count) && !name.hasPrefix("-") && !name.hasSuffix("-")
        && name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "-")
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
}
