/// A path whose last part may hold `*` (any run of characters) and `?` (any one of them).
struct FilePattern {
    /// The directory as it was written, with its slash; empty for none.
    let directory: String
    /// The last part.
    let name: String

    init(_ text: String) {
        let slash = text.lastIndex(of: "/")
        name = String(slash.map { text[text.index(after: $0)...] } ?? text[...])
        directory = String(slash.map { text[...$0] } ?? "")
    }

    /// Whether it can match more than one name.
    var isPattern: Bool { name.contains("*") || name.contains("?") }

    /// Whether the directory part holds wildcards, which are not taken there.
    var hasWildcardInDirectory: Bool { directory.contains("*") || directory.contains("?") }

    /// Whether a name matches. A leading dot must be written, as in shells.
    func matches(_ candidate: String) -> Bool {
        if candidate.hasPrefix("."), !name.hasPrefix(".") { return false }
        return wildcardMatches(Array(name.unicodeScalars), Array(candidate.unicodeScalars))
    }
}

/// Matches by remembering the last `*` only, so the time is at most the product of both lengths.
private func wildcardMatches(_ pattern: [Unicode.Scalar], _ text: [Unicode.Scalar]) -> Bool {
    var (p, t) = (0, 0)
    var star: (pattern: Int, text: Int)?
    while t < text.count {
        if p < pattern.count, pattern[p] == "*" {
            star = (p, t)
            p += 1
        } else if p < pattern.count, pattern[p] == "?" || pattern[p] == text[t] {
            (p, t) = (p + 1, t + 1)
        } else if let last = star {
            star = (last.pattern, last.text + 1)
            (p, t) = (last.pattern + 1, last.text + 1)
        } else {
            return false
        }
    }
    return pattern[p...].allSatisfy { $0 == "*" }
}
