/// Rows as people read them: each column as wide as its widest text, two spaces between them.
func table(_ head: [String], _ rows: [[String]]) -> String {
    let all = [head] + rows
    let widths = head.indices.map { column in
        all.map { $0[column].unicodeScalars.count }.max() ?? 0
    }
    return all.map { row in
        let cells = row.enumerated().map { column, text in
            column == row.count - 1
                ? text
                : text
                    + String(repeating: " ", count: widths[column] - text.unicodeScalars.count)
        }
        return cells.joined(separator: "  ") + "\n"
    }.joined()
}
