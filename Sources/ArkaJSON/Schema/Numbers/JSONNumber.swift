/// A number of a JSON text, exact however many digits and whatever exponent it has.
///
/// Kept in one form, so that `1`, `1.0` and `10e-1` are equal: `digits × 10^exponent`, the digits without
/// zeros at either end.
public struct JSONNumber: Sendable, Hashable {
    /// Whether it is below zero; zero is not.
    let isNegative: Bool
    /// The digits as numbers from 0 to 9, the first and last not zero; none for zero itself.
    let digits: [UInt8]
    /// The power of ten of the last digit; zero for zero itself.
    let exponent: Int

    /// Reads a number as JSON writes it.
    /// - Returns: `nil` if its exponent has more than 17 digits, or if the text is no number.
    public init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest.removeFirst() }
        let whole = Self.takeDigits(&rest)
        var fraction: ArraySlice<UInt8> = []
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = Self.takeDigits(&rest)
        }
        guard !whole.isEmpty, let power = Self.takeExponent(&rest), rest.isEmpty else { return nil }
        self.init(
            isNegative: isNegative, digits: (whole + fraction).map { $0 - UInt8(ascii: "0") },
            exponent: power - fraction.count)
    }

    /// Takes a whole number times a power of ten.
    public init(_ coefficient: Int128, timesTenTo exponent: Int) {
        let digits = String(coefficient.magnitude).utf8.map { $0 - UInt8(ascii: "0") }
        self.init(isNegative: coefficient < 0, digits: digits, exponent: exponent)
    }

    private init(isNegative: Bool, digits: [UInt8], exponent: Int) {
        let significant = digits.drop { $0 == 0 }
        let kept = significant.lastIndex { $0 != 0 }.map { significant[...$0] } ?? []
        self.digits = Array(kept)
        self.isNegative = isNegative && !kept.isEmpty
        self.exponent = kept.isEmpty ? 0 : exponent + significant.count - kept.count
    }

    /// Whether it has no fraction: `1.0` has none.
    var isWhole: Bool { exponent >= 0 }

    /// The nearest `Int` to a whole number; `nil` if it has a fraction.
    var clampedToInt: Int? {
        guard isWhole else { return nil }
        guard digits.count + exponent < 19 else { return isNegative ? .min : .max }
        var value = 0
        for digit in digits { value = value * 10 + Int(digit) }
        for _ in 0..<exponent { value *= 10 }
        return isNegative ? -value : value
    }

    private static func takeDigits(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let digits = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        rest = rest[digits.endIndex...]
        return digits
    }

    /// The number behind `e`; zero where there is none.
    private static func takeExponent(_ rest: inout ArraySlice<UInt8>) -> Int? {
        guard let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") else { return 0 }
        rest.removeFirst()
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        let digits = takeDigits(&rest)
        let significant = digits.drop { $0 == UInt8(ascii: "0") }
        guard !digits.isEmpty, significant.count < 18 else { return nil }
        var value = 0
        for digit in significant { value = value * 10 + Int(digit - UInt8(ascii: "0")) }
        return isNegative ? -value : value
    }
}

extension JSONNumber: Comparable {
    /// Compares exactly; takes time linear in the digits.
    public static func < (a: JSONNumber, b: JSONNumber) -> Bool {
        if a.sign != b.sign { return a.sign < b.sign }
        return a.isNegative ? b.isSmallerInSize(than: a) : a.isSmallerInSize(than: b)
    }

    private var sign: Int { digits.isEmpty ? 0 : isNegative ? -1 : 1 }

    /// Where the first digit stands, from the point.
    private var magnitude: Int { exponent + digits.count }

    private func isSmallerInSize(than other: JSONNumber) -> Bool {
        magnitude == other.magnitude
            ? digits.lexicographicallyPrecedes(other.digits) : magnitude < other.magnitude
    }
}
