/// Why a numeral has no exact value here.
@frozen public enum NumeralFailure: Error, Sendable, Hashable {
    /// The bytes are not a number as JSON writes them.
    case malformed
    /// The number is too large or needs more than 18 decimals.
    case outOfRange
}

extension ExactDecimal {
    /// Reads a JSON number: `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`, nothing around it.
    ///
    /// Zeros after the last decimal and exponents cost nothing: `1.50`, `15e-1` and `1.5` are
    /// equal. Time is linear in the length, whatever the exponent.
    public init(json text: some Collection<UInt8>) throws(NumeralFailure) {
        self = try Numeral(json: Array(text)[...]).value()
    }

    /// Reads a JSON number given as text.
    public init(_ text: String) throws(NumeralFailure) {
        try self.init(json: text.utf8)
    }
}

/// The parts of a JSON number: significant digits without zeros at either end, and an exponent.
private struct Numeral {
    var negative = false
    /// Digits that an `Int128` has at most. Not every number of 39 digits fits, so the
    /// multiplications below may overflow; then the digits are ``tooLarge``.
    static let digitCountMax = 39

    /// The significant digits as a number; meaningful while `digitCount` ≤ `digitCountMax`.
    var digits: UInt128 = 0
    var digitCount = 0
    /// Whether the digits left 128 bits.
    var tooLarge = false
    /// Zeros read after the last significant digit, not yet known to matter.
    var pendingZeros = 0
    /// The value is `digits × 10^exponent`.
    var exponent = 0

    init(json text: ArraySlice<UInt8>) throws(NumeralFailure) {
        var rest = text
        if rest.first == UInt8(ascii: "-") {
            negative = true
            rest = rest.dropFirst()
        }
        let whole = try takeDigits(&rest, fraction: false)
        guard whole.count == 1 || whole.first != UInt8(ascii: "0") else { throw .malformed }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            _ = try takeDigits(&rest, fraction: true)
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            try takeExponent(&rest)
        }
        guard rest.isEmpty else { throw .malformed }
    }

    /// Takes at least one digit.
    private mutating func takeDigits(
        _ rest: inout ArraySlice<UInt8>, fraction: Bool
    ) throws(NumeralFailure) -> ArraySlice<UInt8> {
        let run = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard !run.isEmpty else { throw .malformed }
        for byte in run { take(digit: byte - UInt8(ascii: "0"), fraction: fraction) }
        rest = rest.dropFirst(run.count)
        return run
    }

    private mutating func take(digit: UInt8, fraction: Bool) {
        if fraction { exponent -= 1 }
        guard digit != 0 else {
            pendingZeros += digitCount > 0 ? 1 : 0
            return
        }
        digitCount += pendingZeros + 1
        if digitCount <= Self.digitCountMax {
            for _ in 0..<pendingZeros { append(0) }
            append(digit)
        }
        pendingZeros = 0
    }

    private mutating func append(_ digit: UInt8) {
        let (tens, overflow) = digits.multipliedReportingOverflow(by: 10)
        let (sum, carry) = tens.addingReportingOverflow(UInt128(digit))
        digits = sum
        tooLarge = tooLarge || overflow || carry
    }

    private mutating func takeExponent(_ rest: inout ArraySlice<UInt8>) throws(NumeralFailure) {
        let sign = rest.first
        if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { rest = rest.dropFirst() }
        var written = 0
        var count = 0
        while let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            // Larger exponents are all alike: nothing but zero fits.
            written = min(written * 10 + Int(byte - UInt8(ascii: "0")), 1_000_000_000)
            count += 1
            rest = rest.dropFirst()
        }
        guard count > 0 else { throw .malformed }
        exponent += sign == UInt8(ascii: "-") ? -written : written
    }

    func value() throws(NumeralFailure) -> ExactDecimal {
        guard digitCount > 0 else { return .zero }
        guard digitCount <= Self.digitCountMax, !tooLarge else { throw .outOfRange }
        let shift = exponent + pendingZeros + ExactDecimal.fractionDigits
        guard (0...38).contains(shift) else { throw .outOfRange }
        var magnitude = digits
        for _ in 0..<shift {
            let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
            guard !overflow else { throw .outOfRange }
            magnitude = product
        }
        guard let value = Int128(exactly: magnitude) else { throw .outOfRange }
        return ExactDecimal(scaled: negative ? -value : value)
    }
}

extension ExactDecimal: CustomStringConvertible {
    /// The shortest decimal text: no exponent, no zeros after the last decimal.
    public var description: String {
        let unit = UInt128(1_000_000_000_000_000_000)
        let (whole, fraction) = scaled.magnitude.quotientAndRemainder(dividingBy: unit)
        let sign = scaled < 0 ? "-" : ""
        guard fraction != 0 else { return "\(sign)\(whole)" }
        let digits = String(fraction)
        var text = String(repeating: "0", count: Self.fractionDigits - digits.count) + digits
        while text.last == "0" { text.removeLast() }
        return "\(sign)\(whole).\(text)"
    }
}
