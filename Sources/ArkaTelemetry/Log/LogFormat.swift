/// How lines look.
public enum LogFormat: Sendable, Hashable {
    /// For people at a terminal: `2026-03-01 10:00:00.000 warning  broker unreachable  broker=1`.
    case text
    /// One JSON object a line, for machines.
    case json
}

/// Renders lines; all functions append to `line`.
struct LogRenderer {
    let format: LogFormat

    /// Everything before the fields.
    func begin(
        _ level: LogLevel, _ message: StaticString, at milliseconds: Int64, to line: inout [UInt8]
    ) {
        switch format {
        case .text:
            appendTimestamp(milliseconds, separator: " ", to: &line)
            line.append(UInt8(ascii: " "))
            line += level.word.utf8
            line += repeatElement(UInt8(ascii: " "), count: 9 - level.word.utf8.count)
            line += message.description.utf8
            line.append(UInt8(ascii: " "))
        case .json:
            line += #"{"time":""#.utf8
            appendTimestamp(milliseconds, separator: "T", to: &line)
            line += #"Z","level":""#.utf8
            line += level.word.utf8
            line += #"","message":"#.utf8
            appendQuoted(message.description, to: &line)
        }
    }

    /// One field.
    func append(_ key: LogKey, _ value: LogValue, to line: inout [UInt8]) {
        switch format {
        case .text:
            line.append(UInt8(ascii: " "))
            line += key.name.utf8
            line.append(UInt8(ascii: "="))
        case .json:
            line.append(UInt8(ascii: ","))
            appendQuoted(key.name, to: &line)
            line.append(UInt8(ascii: ":"))
        }
        append(value, to: &line)
    }

    /// The end of the line, LF included.
    func end(_ line: inout [UInt8]) {
        if format == .json { line.append(UInt8(ascii: "}")) }
        line.append(UInt8(ascii: "\n"))
    }

    private func append(_ value: LogValue, to line: inout [UInt8]) {
        switch value {
        case .integer(let number): line += number.description.utf8
        case .flag(let flag): line += (flag ? "true" : "false").utf8
        case .number(let number) where number.isFinite: line += number.description.utf8
        case .number(let number): append(text: number.description, to: &line)
        case .secret(let redacted): append(text: redacted.description, to: &line)
        case .text(let text): append(text: text, to: &line)
        }
    }

    /// In text lines, quotes are only where a reader would otherwise not see where the value ends.
    private func append(text: String, to line: inout [UInt8]) {
        let isPlain = text.unicodeScalars.allSatisfy {
            $0.value > 0x20 && !(0x7F..<0xA0).contains($0.value) && $0 != "\"" && $0 != "="
        }
        if format == .text, isPlain, !text.isEmpty {
            line += text.utf8
        } else {
            appendQuoted(text, to: &line)
        }
    }
}

/// Appends a JSON string. Control characters are escaped, so a value can never begin a new line or
/// drive a terminal, for which U+009B is as good as an escape and a bracket.
func appendQuoted(_ text: String, to line: inout [UInt8]) {
    line.append(UInt8(ascii: "\""))
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"", "\\":
            line.append(UInt8(ascii: "\\"))
            line.append(UInt8(scalar.value))
        case "\n": line += #"\n"#.utf8
        case "\t": line += #"\t"#.utf8
        case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}":
            line += #"\u00"#.utf8
            line.append(hexadecimalDigit(UInt8(scalar.value) >> 4))
            line.append(hexadecimalDigit(UInt8(scalar.value) & 15))
        default: line += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
        }
    }
    line.append(UInt8(ascii: "\""))
}

private func hexadecimalDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
}

/// Appends a UTC date and time with milliseconds, without a zone.
///
/// The day is computed as in Howard Hinnant's "chrono-compatible low-level date algorithms": years
/// begin in March, so that the leap day is the last one.
func appendTimestamp(_ milliseconds: Int64, separator: Character, to line: inout [UInt8]) {
    let (days, rest) = floorDivide(milliseconds, by: 86_400_000)
    let shifted = days + 719_468
    let (era, dayOfEra) = floorDivide(shifted, by: 146_097)
    let leapDays = dayOfEra / 1460 - dayOfEra / 36_524 + dayOfEra / 146_096
    let yearOfEra = (dayOfEra - leapDays) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    appendDigits(year, 4, "-", to: &line)
    appendDigits(month, 2, "-", to: &line)
    appendDigits(day, 2, separator, to: &line)
    appendDigits(rest / 3_600_000, 2, ":", to: &line)
    appendDigits(rest / 60_000 % 60, 2, ":", to: &line)
    appendDigits(rest / 1000 % 60, 2, ".", to: &line)
    appendDigits(rest % 1000, 3, nil, to: &line)
}

private func floorDivide(_ value: Int64, by divisor: Int64) -> (quotient: Int64, rest: Int64) {
    let rest = ((value % divisor) + divisor) % divisor
    return ((value - rest) / divisor, rest)
}

private func appendDigits(
    _ value: Int64, _ width: Int, _ end: Character?, to line: inout [UInt8]
) {
    let digits = value.description
    line += repeatElement(UInt8(ascii: "0"), count: max(0, width - digits.utf8.count))
    line += digits.utf8
    if let end { line += String(end).utf8 }
}
