import ArkaDocuments
import ArkaModel

/// A kind of document with a field of every type.
struct Sample: Sendable, Equatable {
    var title = "untitled"
    var isOpen = false
    var count = 3
    var limit: Int?
    var wait = Duration.milliseconds(250)
    var memory = 64 << 20
    var color = Color.red
    var names: [String] = []
    var hosts: [String] = []
    var options = FreeMap()
    var password = ""
    var inner = Inner()

    enum Color: String, CaseIterable, Sendable {
        case red
        case green
        case lightGreen = "light_green"
    }

    struct Inner: Sendable, Equatable {
        var key = ""
        var note: String?
    }

    static let kind = DocumentKind("Sample", "Has a field of every type.", spec: section)

    private static let section = Section<Sample>(
        Sample(), scalarFields + collectionFields)

    private static let scalarFields: [Field<Sample>] = [
        Field("title", .text(), into: \.title, "A text."),
        Field("open", .boolean, into: \.isOpen, "A truth value."),
        Field("count", .integer(1...256), into: \.count, "A number."),
        Field("limit", .integer(0...9), into: \.limit, absence: "no limit", "Another."),
        Field("wait", .duration(.milliseconds(1) ... .seconds(60)), into: \.wait, "A time."),
        Field("memory", .byteSize(1_024...(1 << 30)), into: \.memory, "A size."),
        Field("color", .choice, into: \.color, "A word."),
        Field("password", .text(), into: \.password, isSecret: true, "A secret."),
    ]

    private static let collectionFields: [Field<Sample>] = [
        Field(
            "names", .list(of: .text("a name") { $0 != "bad" }, countRange: 1...3), into: \.names,
            "A list."),
        Field(
            "hosts", .list(of: .text(), countRange: 0...3, separator: ","), into: \.hosts,
            "A list that may be one text."),
        Field(
            "options",
            .map(
                keys: "an option",
                to: .text("a value", bytesMax: 2 << 20, isBlock: true) { _ in true }
            ) {
                $0 == "token"
            },
            into: \.options, "A free map."),
        Field(
            "inner",
            .section(
                Section<Inner>(
                    Inner(),
                    [
                        Field("key", .text(), into: \.key, isRequired: true, "Required."),
                        Field("note", .text(), into: \.note, absence: "none", "Optional."),
                    ])),
            into: \.inner, "A section."),
    ]

    /// Reads lines below `spec`.
    static func read(
        _ lines: String, environment: [String: String] = [:], overrides: [String] = []
    ) -> DocumentResult<Sample> {
        let head = "apiVersion: arka.io/v1\nkind: Sample\nmetadata: {name: a}\nspec:\n"
        let indented = lines.split(separator: "\n", omittingEmptySubsequences: false)
            .map { "  " + $0 }.joined(separator: "\n")
        return kind.read(
            SourceText(name: "a.yaml", text: head + indented + "\n"),
            DocumentInputs(environment: environment, overrides: overrides))
    }
}

/// What a user would see.
func rendered(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map { $0.rendered() }.joined()
}
