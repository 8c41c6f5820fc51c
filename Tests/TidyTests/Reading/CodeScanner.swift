/// Blanks comments and string literals, so that the rest can be searched for code.
///
/// Knows line and nested block comments, raw and multi-line strings. Interpolated code stays code.
struct CodeScanner {
    private let input: [Character]
    private var index = 0
    private var output = ""

    init(_ text: String) { input = Array(text) }

    /// The text with everything but code replaced by spaces; line breaks stay.
    mutating func code() -> String {
        while index < input.count { scanCode() }
        return output
    }

    private func sees(_ text: String) -> Bool {
        var position = index
        for character in text {
            guard position < input.count, input[position] == character else { return false }
            position += 1
        }
        return true
    }

    private mutating func keep() {
        output.append(input[index])
        index += 1
    }

    private mutating func blank(_ count: Int = 1) {
        for _ in 0..<count where index < input.count {
            output.append(input[index].isNewline ? "\n" : " ")
            index += 1
        }
    }

    private mutating func scanCode() {
        if sees("//") {
            while index < input.count, !input[index].isNewline { blank() }
        } else if sees("/*") {
            scanBlockComment()
        } else if let hashes = hashesBeforeQuote() {
            scanString(hashes: hashes)
        } else if sees("`") {
            scanRawIdentifier()
        } else {
            keep()
        }
    }

    private mutating func scanBlockComment() {
        var depth = 0
        repeat {
            if sees("/*") {
                depth += 1
                blank(2)
            } else if sees("*/") {
                depth -= 1
                blank(2)
            } else {
                blank()
            }
        } while depth > 0 && index < input.count
    }

    /// A test's name is prose between backticks; a short escaped name such as `` `default` `` stays.
    private mutating func scanRawIdentifier() {
        keep()
        while index < input.count, input[index] != "`", !input[index].isNewline {
            if input[index].isLetter || input[index].isNumber { keep() } else { blank() }
        }
        if index < input.count { keep() }
    }

    /// How many `#` stand before a quote that begins here, or `nil` where no string begins.
    private func hashesBeforeQuote() -> Int? {
        var position = index
        while position < input.count, input[position] == "#" { position += 1 }
        guard position < input.count, input[position] == "\"" else { return nil }
        return position - index
    }

    private mutating func scanString(hashes: Int) {
        let fence = String(repeating: "#", count: hashes)
        blank(hashes)
        let quote = sees("\"\"\"") ? "\"\"\"" : "\""
        blank(quote.count)
        while index < input.count, !sees(quote + fence) {
            if quote.count == 1, input[index].isNewline { return }
            if sees("\\" + fence + "(") {
                blank(1 + hashes)
                scanInterpolation()
            } else if sees("\\" + fence) {
                blank(2 + hashes)
            } else {
                blank()
            }
        }
        blank(quote.count + hashes)
    }

    private mutating func scanInterpolation() {
        var depth = 0
        repeat {
            if sees("(") { depth += 1 }
            if sees(")") { depth -= 1 }
            scanCode()
        } while depth > 0 && index < input.count
    }
}
