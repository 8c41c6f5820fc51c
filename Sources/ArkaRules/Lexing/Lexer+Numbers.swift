import ArkaModel

extension Lexer {
    /// Units of durations such as `24h`, which the language has a place for but not yet a meaning.
    private static let durationUnits: Set<String> = ["ms", "s", "m", "h", "d", "w"]

    /// Takes digits, a fraction and whatever sticks to them, so that one mistake is one message.
    mutating func lexNumber() {
        let start = offset
        takeDigits()
        if peek() == UInt8(ascii: "."), peek(1).isDigit {
            offset += 1
            takeDigits()
        }
        let suffixStart = offset
        while peek().continuesWord { offset += 1 }
        if offset == suffixStart {
            checkDigits(from: start)
        } else {
            lexSuffix(from: start, suffixStart)
        }
    }

    private mutating func takeDigits() {
        while peek().isDigit || peek() == UInt8(ascii: "_") { offset += 1 }
    }

    private mutating func checkDigits(from start: Int) {
        let range = SourceRange(start, offset)
        if let problem = Self.problem(of: bytes[start..<offset]) {
            report(.malformedNumber, problem.message, expected: problem.expected, at: range)
            append(.invalid, from: start)
        } else {
            append(.number, from: start)
        }
    }

    private mutating func lexSuffix(from start: Int, _ suffixStart: Int) {
        let suffix = String(decoding: bytes[suffixStart..<offset], as: UTF8.self)
        if Self.durationUnits.contains(suffix) { return append(.duration, from: start) }
        let isExponent = suffix.lowercased().hasPrefix("e")
        report(
            .malformedNumber,
            isExponent ? "numbers have no exponent here" : "a number ends in '\(suffix)'",
            expected: isExponent ? "the number written out, such as 1_000_000" : "digits only",
            at: SourceRange(start, offset))
        append(.invalid, from: start)
    }

    private static func problem(
        of numeral: ArraySlice<UInt8>
    ) -> (message: String, expected: String)? {
        let underscore = UInt8(ascii: "_")
        for place in numeral.indices where numeral[place] == underscore {
            let next = place + 1 < numeral.endIndex ? numeral[place + 1] : 0
            guard place > numeral.startIndex, numeral[place - 1].isDigit, next.isDigit else {
                return ("'_' stands between two digits of a number", "digits such as 10_000.50")
            }
        }
        if numeral.count > 1, numeral.first == UInt8(ascii: "0"),
            numeral[numeral.startIndex + 1] != UInt8(ascii: ".")
        {
            return ("a number starts with a needless zero", "no zero before other digits")
        }
        return nil
    }
}
