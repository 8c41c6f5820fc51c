import ArkaModel

extension Lexer {
    /// Units of durations such as `24h`, and how many milliseconds each has.
    static let durationUnits: [String: Int64] = [
        "ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000,
    ]

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
            checkDigits(from: start, upTo: offset, .number)
        } else {
            lexSuffix(from: start, suffixStart)
        }
    }

    private mutating func takeDigits() {
        while peek().isDigit || peek() == UInt8(ascii: "_") { offset += 1 }
    }

    private mutating func checkDigits(from start: Int, upTo end: Int, _ kind: TokenKind) {
        if let problem = Self.problem(of: bytes[start..<end]) {
            report(
                .malformedNumber, problem.message, expected: problem.expected,
                at: SourceRange(start, offset))
            append(.invalid, from: start)
        } else {
            append(kind, from: start)
        }
    }

    private mutating func lexSuffix(from start: Int, _ suffixStart: Int) {
        let suffix = String(decoding: bytes[suffixStart..<offset], as: UTF8.self)
        if Self.durationUnits[suffix] != nil {
            return checkDigits(from: start, upTo: suffixStart, .duration)
        }
        let isExponent = suffix.lowercased().hasPrefix("e")
        report(
            .malformedNumber,
            isExponent ? "numbers have no exponent here" : "a number ends in '\(suffix)'",
            expected: isExponent
                ? "the number written out, such as 1_000_000"
                : "digits only, or a unit of time: ms, s, m, h, d or w",
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
