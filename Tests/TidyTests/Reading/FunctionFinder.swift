/// Finds functions and initialisers with a body in lines of code.
struct FunctionFinder {
    struct Function {
        /// Index of the line with `func` or `init`.
        let firstLine: Int
        /// From that line to the one with the closing brace.
        let lineCount: Int
    }

    private let text: [Character]
    private let starts: [(offset: Int, line: Int)]

    /// - Parameter codeLines: without comments and strings, as `SourceFile` gives them.
    init(_ codeLines: [String]) {
        let declaration = /(^|[^.\w])(func\s+|init[?]?\s*[(<]|deinit\b)/
        var starts: [(offset: Int, line: Int)] = []
        var text: [Character] = []
        for (number, line) in codeLines.enumerated() {
            if let match = line.firstMatch(of: declaration), !line.contains(/\b(self|super)\.init/)
            {
                let column = line.distance(from: line.startIndex, to: match.range.upperBound)
                starts.append((text.count + max(0, column - 1), number))
            }
            text += Array(line) + ["\n"]
        }
        self.text = text
        self.starts = starts
    }

    func functions() -> [Function] {
        starts.compactMap { start in
            guard let brace = bodyStart(from: start.offset) else { return nil }
            let end = closingBrace(of: brace)
            let lines = text[start.offset..<end].count { $0 == "\n" } + 1
            return Function(firstLine: start.line, lineCount: lines)
        }
    }

    /// The body's opening brace; `nil` for a requirement, which ends before any brace.
    private func bodyStart(from offset: Int) -> Int? {
        var depth = 0
        var position = offset
        while position < text.count {
            switch text[position] {
            case "(", "[": depth += 1
            case ")", "]": depth -= 1
            case "{" where depth <= 0: return position
            case "}" where depth <= 0: return nil
            case "\n" where depth <= 0 && declarationFollows(position + 1): return nil
            default: break
            }
            position += 1
        }
        return nil
    }

    /// Whether the next line begins something new, so that the declaration above had no body.
    private func declarationFollows(_ offset: Int) -> Bool {
        let line = String(text[offset...].prefix { $0 != "\n" })
        return line.contains(
            /^\s*(@|func\b|var\b|let\b|init\b|static\b|mutating\b|associatedtype\b|public\b|package\b|private\b|subscript\b|\})/
        )
    }

    private func closingBrace(of offset: Int) -> Int {
        var depth = 0
        for position in offset..<text.count {
            if text[position] == "{" { depth += 1 }
            if text[position] == "}" { depth -= 1 }
            if depth == 0 { return position }
        }
        return text.count
    }
}
