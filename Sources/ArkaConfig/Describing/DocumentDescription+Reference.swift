extension DocumentDescription {
    /// What a user reads about this kind, in Markdown: a heading, a sentence, and a table of all keys.
    public var reference: String {
        let head = [
            "## `kind: \(kind)`", "", summary, "", "| Key | Type | Default | What it does |",
            "|---|---|---|---|",
        ]
        return (head + referenceRows).joined(separator: "\n") + "\n"
    }

    /// The rows of that table.
    public var referenceRows: [String] {
        keys.map { key in
            let value = key.isRequired ? "required" : key.standing ?? "none"
            let example = key.example.map { " Example: `\($0)`." } ?? ""
            return "| `\(key.path)` | \(key.type) | \(value) | \(key.summary)\(example) |"
        }
    }
}
