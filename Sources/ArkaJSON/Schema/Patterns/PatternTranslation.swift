import ArkaModel
import ArkaText

/// A pattern as JSON Schema writes it (ECMA-262 with Unicode), written for RE2.
///
/// Both languages look alike and differ in what `.`, `\s` and `$` mean and in what they have at all. So
/// the pattern is read by the one and written by the other; what RE2 cannot do in linear time, or would
/// take for something else, is refused by name.
struct PatternTranslation {
    /// Why a pattern is not taken.
    struct Refusal: Error {
        let message: String
        let expectation: String?
    }

    private var rest: Substring.UnicodeScalarView
    private var output = ""
    private var depth = 0

    private init(_ pattern: String) { rest = pattern.unicodeScalars[...] }

    /// Compiles a pattern.
    static func compile(_ pattern: String) throws(Refusal) -> TextPattern {
        let translated = try translated(pattern)
        do throws(PatternFailure) {
            return try TextPattern(Array(translated.utf8))
        } catch {
            throw Refusal(message: error.message, expectation: error.expectation)
        }
    }

    /// The pattern as RE2 writes it.
    static func translated(_ pattern: String) throws(Refusal) -> String {
        var translation = PatternTranslation(pattern)
        try translation.run()
        return translation.output
    }

    private mutating func run() throws(Refusal) {
        /// Whether a quantifier may follow.
        var isRepeatable = false
        while let scalar = rest.first {
            switch scalar {
            case "*", "+", "?", "{":
                guard isRepeatable else {
                    throw refusal(
                        "nothing stands before '\(scalar)' that could be repeated",
                        "'\\\(scalar)' for the character")
                }
                try quantifier()
                isRepeatable = false
            case "(":
                try group()
                isRepeatable = false
            case ")":
                rest.removeFirst()
                guard depth > 0 else {
                    throw refusal(
                        "a group is closed that was not opened", "'\\)' for the character")
                }
                depth -= 1
                output += ")"
                isRepeatable = true
            case "|", "^", "$":
                rest.removeFirst()
                output.unicodeScalars.append(scalar)
                isRepeatable = false
            case ".":
                rest.removeFirst()
                output += #"[^\n\r\x{2028}\x{2029}]"#
                isRepeatable = true
            case "[":
                try characterClass()
                isRepeatable = true
            case "]", "}":
                throw refusal("'\(scalar)' closes nothing", "'\\\(scalar)' for the character")
            case "\\": isRepeatable = try escape()
            default:
                rest.removeFirst()
                output += PatternScalars.written(scalar)
                isRepeatable = true
            }
        }
        if depth > 0 { throw refusal("a group is not closed", "')'; '\\(' for the character") }
    }

    // Groups and repetitions

    private mutating func group() throws(Refusal) {
        rest.removeFirst()
        depth += 1
        guard rest.first == "?" else {
            output += "(?:"
            return
        }
        for (start, what) in [
            ("?=", "looking ahead with '(?='"), ("?!", "looking ahead with '(?!'"),
            ("?<=", "looking behind with '(?<='"), ("?<!", "looking behind with '(?<!'"),
        ] where rest.starts(with: start.unicodeScalars) {
            throw refusal(
                "\(what) cannot be tested in linear time", "'allOf' or 'not' with two patterns")
        }
        if take("?:") {
            output += "(?:"
        } else if take("?<") {
            guard let end = rest.firstIndex(of: ">"), end > rest.startIndex else {
                throw refusal("the name of a group is not closed", "'(?<name>…)'")
            }
            rest = rest[rest.index(after: end)...]
            output += "(?:"
        } else {
            throw refusal("groups that begin with '(?' so are not taken", "'(…)' or '(?:…)'")
        }
    }

    private mutating func quantifier() throws(Refusal) {
        if rest.first == "{" {
            guard let end = rest.firstIndex(of: "}") else { throw badRepetition }
            let inner = rest[rest.index(after: rest.startIndex)..<end]
            let bounds = inner.split(separator: ",", omittingEmptySubsequences: false)
            let isSound =
                (1...2).contains(bounds.count) && !bounds[0].isEmpty
                && bounds.allSatisfy { $0.allSatisfy { ("0"..."9").contains($0) } }
            guard isSound else { throw badRepetition }
            output += "{" + String(inner) + "}"
            rest = rest[rest.index(after: end)...]
        } else {
            output.unicodeScalars.append(rest.removeFirst())
        }
        if take("?") { output += "?" }
    }

    private var badRepetition: Refusal {
        refusal("'{' begins no repetition", "'{2}', '{2,}' or '{2,5}'; '\\{' for the character")
    }

    // Escapes and classes

    /// Translates an escape outside of a class; answers whether it may be repeated.
    private mutating func escape() throws(Refusal) -> Bool {
        rest.removeFirst()
        switch rest.first {
        case "b", "B":
            output += "\\"
            output.unicodeScalars.append(rest.removeFirst())
            return false
        case "k", .some("1"..."9"):
            throw refusal(
                "references to groups cannot be tested in linear time",
                "what may repeat, written out")
        default: break
        }
        if let ranges = try classEscape() {
            output += PatternScalars.classText(ranges)
        } else {
            output += PatternScalars.written(try characterEscape())
        }
        return true
    }

    private mutating func characterClass() throws(Refusal) {
        rest.removeFirst()
        let isNegated = take("^")
        var members: [PatternScalars.Member] = []
        while rest.first != "]" {
            guard let low = try classAtom() else {
                members.append(contentsOf: try classEscape() ?? [])
                if rest.first == "-", rest.dropFirst().first != "]" {
                    throw refusal("a range begins with a class", "'\\-' for the character")
                }
                continue
            }
            guard rest.first == "-", let next = rest.dropFirst().first, next != "]" else {
                members.append(.range(low, low))
                continue
            }
            rest.removeFirst()
            guard let high = try classAtom() else {
                throw refusal("a range ends with a class", "'\\-' for the character")
            }
            guard low <= high else {
                throw refusal("a range ends before it begins", "the lower character first")
            }
            members.append(.range(low, high))
        }
        rest.removeFirst()
        output += PatternScalars.classText(members, isNegated: isNegated)
    }

    /// A single character of a class; `nil` before an escape that stands for many.
    private mutating func classAtom() throws(Refusal) -> Unicode.Scalar? {
        guard let scalar = rest.first else {
            throw refusal("a class is not closed", "']'; '\\[' for the character")
        }
        guard scalar == "\\" else { return rest.removeFirst() }
        let next = rest.dropFirst().first
        if let next, "dDsSwWpP".unicodeScalars.contains(next) {
            rest.removeFirst()
            return nil
        }
        rest.removeFirst()
        if take("b") { return "\u{8}" }
        return try characterEscape()
    }

    /// What a letter such as `d` or `p{…}` behind a backslash stands for; `nil` for other letters.
    private mutating func classEscape() throws(Refusal) -> [PatternScalars.Member]? {
        guard let letter = rest.first, "dDsSwWpP".unicodeScalars.contains(letter) else {
            return nil
        }
        rest.removeFirst()
        switch letter {
        case "d", "D", "w", "W": return [.text("\\" + String(letter))]
        case "s": return PatternScalars.space
        case "S": return PatternScalars.notSpace
        default: return [.text(try property(isNegated: letter == "P"))]
        }
    }

    private mutating func property(isNegated: Bool) throws(Refusal) -> String {
        guard take("{"), let end = rest.firstIndex(of: "}") else {
            throw refusal("'\\p' stands without a property", "'\\p{L}' or '\\p{Script=Greek}'")
        }
        let name = String(rest[..<end])
        rest = rest[rest.index(after: end)...]
        guard let short = PatternProperties.re2Name(of: name) else {
            throw refusal(
                "the property of characters '\(shown(name))' is not taken",
                "a category such as '\\p{Letter}' or '\\p{Lu}', or '\\p{Script=Greek}'")
        }
        return (isNegated ? "\\P{" : "\\p{") + short + "}"
    }

    private mutating func characterEscape() throws(Refusal) -> Unicode.Scalar {
        guard let letter = rest.popFirst() else {
            throw refusal("nothing follows the last backslash", "'\\\\' for a backslash")
        }
        switch letter {
        case "t": return "\t"
        case "n": return "\n"
        case "r": return "\r"
        case "v": return "\u{B}"
        case "f": return "\u{C}"
        case "0" where rest.first.map({ !("0"..."9").contains($0) }) ?? true: return "\0"
        case "c":
            guard let control = rest.popFirst(), control.isASCII, control.properties.isAlphabetic
            else { throw badEscape(letter) }
            return Unicode.Scalar(UInt8(control.value & 31))
        case "x": return try scalar(hexDigits(2), letter)
        case "u": return try unicodeEscape()
        // Not a letter or digit: it stands for itself.
        case _ where letter.isASCII && !letter.properties.isAlphabetic && !("0"..."9" ~= letter):
            return letter
        default: throw badEscape(letter)
        }
    }

    private mutating func unicodeEscape() throws(Refusal) -> Unicode.Scalar {
        if take("{") {
            guard let end = rest.firstIndex(of: "}") else { throw badEscape("u") }
            let value = UInt32(String(rest[..<end]), radix: 16)
            rest = rest[rest.index(after: end)...]
            return try scalar(value, "u")
        }
        let first = hexDigits(4)
        guard let first, (0xD800..<0xDC00).contains(first) else { return try scalar(first, "u") }
        guard take("\\u"), let second = hexDigits(4), (0xDC00..<0xE000).contains(second) else {
            throw badEscape("u")
        }
        return try scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00), "u")
    }

    private mutating func hexDigits(_ count: Int) -> UInt32? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy({ $0.properties.isASCIIHexDigit }) else {
            return nil
        }
        rest = rest.dropFirst(count)
        return UInt32(String(digits), radix: 16)
    }

    private func scalar(
        _ value: UInt32?, _ letter: Unicode.Scalar
    ) throws(Refusal) -> Unicode.Scalar {
        guard let value, let scalar = Unicode.Scalar(value) else { throw badEscape(letter) }
        return scalar
    }

    private func badEscape(_ letter: Unicode.Scalar) -> Refusal {
        refusal(
            "the escape '\\\(shown(String(letter)))' is not one, or not a whole one",
            "the character without backslash, or '\\d', '\\w', '\\s', '\\b', '\\u20AC', '\\p{L}'")
    }

    private func refusal(_ message: String, _ expectation: String?) -> Refusal {
        Refusal(message: message, expectation: expectation)
    }

    private mutating func take(_ text: String) -> Bool {
        guard rest.starts(with: text.unicodeScalars) else { return false }
        rest = rest.dropFirst(text.unicodeScalars.count)
        return true
    }
}
