import ArkaModel
import CRE2

/// A fault as RE2 reports it, to be told in our words.
struct PatternFault {
    let argument: [UInt8]
    let source: [UInt8]

    /// The argument as it may stand in a message.
    private var written: String { shown(String(decoding: argument, as: UTF8.self)) }

    // Escapes

    func escape() -> PatternFailure {
        let letter = argument.dropFirst().first ?? 0
        if "dDwWsS".utf8.contains(letter) {
            return PatternFailure(
                .patternSyntax, "a range cannot end with '\(written)'",
                expected: "a character; '-' for itself stands first or last in a class")
        }
        let place = FaultPlace(source).firstAnywhere(argument)
        if (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(letter) {
            return PatternFailure(
                .patternUnsupported, "references to groups such as '\(written)' are not taken",
                expected: "what may repeat, written out; '\\x01' is a character by its number",
                at: place)
        }
        if let instead = Self.escapesElsewhere[letter] {
            return PatternFailure(
                .patternUnsupported, "the escape '\(written)' is not taken", expected: instead,
                at: place)
        }
        return PatternFailure(
            .patternSyntax, "the escape '\(written)' does not exist",
            expected:
                "a letter without backslash, or \\d, \\w, \\s, \\b, \\t, \\n, \\x{20AC}, \\pL",
            at: place)
    }

    /// Escapes of other languages, and what stands for them here.
    private static let escapesElsewhere: [UInt8: String] = [
        UInt8(ascii: "Z"): "'$' or '\\z' for the end of the text",
        UInt8(ascii: "h"): "'[ \\t]' for a space or tab",
        UInt8(ascii: "R"): "'\\r?\\n' for a line end",
        UInt8(ascii: "u"): "'\\x{20AC}' for a character by its number",
        UInt8(ascii: "U"): "'\\x{20AC}' for a character by its number",
        UInt8(ascii: "N"): "'[^\\n]', or '\\x{20AC}' for a character by its number",
        UInt8(ascii: "x"): "two hexadecimal digits or '\\x{20AC}', up to '\\x{10FFFF}'",
        UInt8(ascii: "c"): "'\\x1B' for a control character by its number",
        UInt8(ascii: "e"): "'\\x1B' for the escape character",
        UInt8(ascii: "k"): "the text that may repeat, written out: groups cannot be referred to",
        UInt8(ascii: "K"): "the pattern without it: only whether it matches is asked",
        UInt8(ascii: "G"): "'^' or '\\A' for the beginning of the text",
        UInt8(ascii: "X"): "'\\PM\\pM*' for a letter with its accents",
    ]

    // Classes

    func range() -> PatternFailure {
        let place = FaultPlace(source).firstAnywhere(argument)
        if argument.starts(with: #"\p"#.utf8) || argument.starts(with: #"\P"#.utf8) {
            return PatternFailure(
                .patternUnsupported, "there is no property of characters called '\(written)'",
                expected:
                    "its short name: \\pL for letters, \\p{Lu}, \\p{Greek}, \\PL for all others",
                at: place)
        }
        if argument.starts(with: "[:".utf8) {
            return PatternFailure(
                .patternSyntax, "there is no class called '\(written)'",
                expected:
                    "[:alpha:], [:digit:], [:alnum:], [:upper:], [:lower:], [:space:] or another",
                at: place)
        }
        return PatternFailure(
            .patternSyntax, "the range '\(written)' ends before it begins",
            expected: "the lower character first; '-' for itself stands first or last", at: place)
    }

    // Groups

    func group() -> PatternFailure {
        let place = FaultPlace(source).firstOutsideClasses(argument)
        // Of looking behind, versions of RE2 name two or three characters.
        switch String(decoding: argument.prefix(3), as: UTF8.self) {
        case "(?=", "(?!":
            return PatternFailure(
                .patternUnsupported, "looking ahead with '\(written)' is not taken",
                expected: "two patterns, joined with 'and' or 'and not'", at: place)
        case "(?<":
            return PatternFailure(
                .patternUnsupported, "looking behind and named groups with '(?<' are not taken",
                expected:
                    "'(?:…)' for a group; two patterns, joined with 'and', for looking behind",
                at: place)
        case "(?>":
            return PatternFailure(
                .patternUnsupported, "atomic groups are not taken",
                expected: "'(?:…)': no pattern takes more than linear time", at: place)
        default:
            return PatternFailure(
                .patternUnsupported, "groups that begin with '\(written)' are not taken",
                expected: "'(…)', '(?:…)', or the flags '(?i)', '(?m)', '(?s)'", at: place)
        }
    }

    func grouping(_ error: Int32) -> PatternFailure {
        let places = FaultPlace(source)
        switch Int(error) {
        case ARKA_RE2_OPEN_BRACKET:
            // RE2 names everything from the bracket on.
            let start = max(0, source.count - argument.count)
            return PatternFailure(
                .patternSyntax, "a class is not closed", expected: "']'; '\\[' is the character",
                at: SourceRange(start, source.count))
        case ARKA_RE2_OPEN_GROUP:
            return PatternFailure(
                .patternSyntax, "a group is not closed", expected: "')'; '\\(' is the character",
                at: places.unmatchedParenthesis(UInt8(ascii: "(")))
        case ARKA_RE2_CLOSED_GROUP:
            return PatternFailure(
                .patternSyntax, "a group is closed that was not opened",
                expected: "'('; '\\)' is the character",
                at: places.unmatchedParenthesis(UInt8(ascii: ")")))
        case ARKA_RE2_LAST_BACKSLASH:
            return PatternFailure(
                .patternSyntax, "nothing follows the last backslash",
                expected: "'\\\\' for a backslash", at: SourceRange(source.count - 1, source.count))
        default:
            return PatternFailure(
                .patternSyntax, "'\(written)' is no name of a group",
                expected: "'(?P<name>…)' with letters, digits and '_', each name once",
                at: places.onlyOutsideClasses(argument))
        }
    }

    // Repetitions

    func repetition(_ error: Int32) -> PatternFailure {
        let places = FaultPlace(source)
        switch Int(error) {
        case ARKA_RE2_REPEATS_NOTHING:
            return PatternFailure(
                .patternSyntax, "nothing stands before '\(written)' that could be repeated",
                expected: "'\\\(written)' for the character",
                at: places.onlyOutsideClasses(argument))
        case ARKA_RE2_REPETITION_BOUNDS:
            return PatternFailure(
                .patternTooLarge, "the repetition '\(written)' is not taken",
                expected: "at most 1,000, nested ones multiplied, the smaller number first",
                at: places.onlyOutsideClasses(argument))
        default:
            return PatternFailure(
                .patternSyntax, "'\(written)' repeats a repetition",
                expected: "one of the two; no pattern needs to be possessive here",
                at: places.firstOutsideClasses(argument))
        }
    }
}
