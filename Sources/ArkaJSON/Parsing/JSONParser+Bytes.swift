import ArkaModel

extension JSONParser {
    /// The next byte; zero at the end, which no token begins with.
    var byte: UInt8 {
        index < source.utf8.count ? source.utf8[index] : 0
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    mutating func skipSpace() {
        while Self.isSpace(byte) { index += 1 }
    }

    /// Takes a byte if it is the next one.
    mutating func take(_ wanted: UInt8) -> Bool {
        guard index < source.utf8.count, source.utf8[index] == wanted else { return false }
        index += 1
        return true
    }

    /// A fault at the next byte, or one that says the text ends early if there is none.
    func fault(
        _ code: DiagnosticCode, _ message: String, expected expectation: String? = nil
    ) -> Fault {
        guard index < source.utf8.count || code == .jsonTooLarge else {
            return fault(
                .jsonIncomplete, "the text ends early", expected: expectation,
                at: SourceRange(index, index))
        }
        return fault(code, message, expected: expectation, at: SourceRange(index, index + 1))
    }

    func fault(
        _ code: DiagnosticCode, _ message: String, expected expectation: String? = nil,
        at range: SourceRange
    ) -> Fault {
        Fault(
            diagnostic: Diagnostic(code, message, expected: expectation, in: source, at: range))
    }
}
