/// The expectation behind ``recordPath(_:)``.
let recordPathWords = "a path such as $ or $.customer.id"

/// Reads a path into a record: `$` for the record, then names with a dot before each.
/// - Returns: The names; `nil` if the text is no such path. Names with dots, brackets, quotes or
///   spaces in them cannot be written.
func recordPath(_ text: String) -> [String]? {
    guard text.first == "$" else { return nil }
    let rest = text.dropFirst()
    if rest.isEmpty { return [] }
    guard rest.first == "." else { return nil }
    let names = rest.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
    let isWellFormed = names.allSatisfy { name in
        !name.isEmpty && !name.contains { " \t[]\"'*?".contains($0) }
    }
    return isWellFormed ? names.map(String.init) : nil
}
