import ArkaModel

extension FieldType where Value == String {
    /// A text without control characters.
    /// - Parameters:
    ///   - description: What it may hold, for the documentation.
    ///   - bytesMax: The longest text taken.
    ///   - isBlock: Whether line ends and tabs are taken too.
    ///   - isAllowed: Whether a text is taken; `description` is the expectation otherwise.
    public static func text(
        _ description: String = "text", bytesMax: Int = 4_096, isBlock: Bool = false,
        isAllowed: @escaping @Sendable (String) -> Bool = { !$0.isEmpty }
    ) -> FieldType<String> {
        scalar(shape: .text(description)) { scalar throws(Expectation) in
            let text = scalar.text
            guard text.utf8.count <= bytesMax else {
                throw Expectation("at most \(bytesMax) bytes")
            }
            let isPrintable = text.unicodeScalars.allSatisfy { character in
                if isBlock, character == "\n" || character == "\r" || character == "\t" {
                    return true
                }
                return character.properties.generalCategory != .control
            }
            guard isPrintable else { throw Expectation("no control characters") }
            guard isAllowed(text) else { throw Expectation(description) }
            return text
        } write: { text in
            text.isEmpty ? nil : text
        }
    }
}

extension FieldType where Value == Bool {
    /// `true` or `false`, and no other word.
    public static var boolean: FieldType<Bool> {
        scalar(shape: .boolean) { scalar throws(Expectation) in
            switch scalar.bareText {
            case "true": return true
            case "false": return false
            default: throw Expectation("true or false")
            }
        } write: { value in
            value ? "true" : "false"
        }
    }
}

extension FieldType where Value == Int {
    /// A whole number in digits. `010`, `1_000` and `0x10` are refused: they mean different things to
    /// different readers.
    public static func integer(_ range: ClosedRange<Int>) -> FieldType<Int> {
        let words = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        return scalar(shape: .integer(range)) { scalar throws(Expectation) in
            let text = scalar.bareText
            // Only the usual spelling survives the way to a number and back.
            guard let value = Int(text), String(value) == text, range.contains(value) else {
                throw Expectation(words)
            }
            return value
        } write: { value in
            String(value)
        }
    }

    /// A number of bytes, such as `48Mi`.
    public static func byteSize(_ range: ClosedRange<Int>) -> FieldType<Int> {
        let low = documentText(byteCount: range.lowerBound)
        let high = documentText(byteCount: range.upperBound)
        let words = "a size from \(low) to \(high), such as 48Mi (units: Ki, Mi, Gi)"
        return scalar(shape: .byteSize(range)) { scalar throws(Expectation) in
            guard let value = byteCount(documentText: scalar.quantityText), range.contains(value)
            else {
                throw Expectation(words)
            }
            return value
        } write: { value in
            documentText(byteCount: value)
        }
    }

    /// Processors in thousandths: `500m`, `0.5`, `2`.
    public static func processors(_ range: ClosedRange<Int>) -> FieldType<Int> {
        let low = documentText(milliCPU: range.lowerBound)
        let high = documentText(milliCPU: range.upperBound)
        let words = "processors from \(low) to \(high), such as 500m or 0.5"
        return scalar(shape: .processors(range)) { scalar throws(Expectation) in
            // Operators of Kubernetes put quotes around them.
            guard let value = milliCPU(documentText: scalar.text), range.contains(value) else {
                throw Expectation(words)
            }
            return value
        } write: { value in
            documentText(milliCPU: value)
        }
    }
}

extension FieldType where Value == Duration {
    /// A whole number with a unit of time, such as `100ms`.
    public static func duration(_ range: ClosedRange<Duration>) -> FieldType<Duration> {
        let (low, high) = (range.lowerBound.documentText, range.upperBound.documentText)
        let words = "a duration from \(low) to \(high), such as 250ms (units: ms, s, m, h, d)"
        return scalar(shape: .duration(range)) { scalar throws(Expectation) in
            guard let value = Duration(documentText: scalar.quantityText), range.contains(value)
            else {
                throw Expectation(words)
            }
            return value
        } write: { value in
            value.documentText
        }
    }

    /// A whole number with a unit of time, or without one for seconds: `30s` or `30`.
    public static func seconds(_ range: ClosedRange<Duration>) -> FieldType<Duration> {
        let (low, high) = (range.lowerBound.documentText, range.upperBound.documentText)
        let words =
            "a duration from \(low) to \(high), such as 30s (units: ms, s, m, h, d; seconds without)"
        return scalar(shape: .seconds(range)) { scalar throws(Expectation) in
            let text = scalar.text
            let isBare = !text.isEmpty && text.allSatisfy { ("0"..."9").contains($0) }
            guard let value = Duration(documentText: isBare ? text + "s" : text),
                range.contains(value)
            else { throw Expectation(words) }
            return value
        } write: { value in
            value.documentText
        }
    }
}

extension FieldType where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
    /// One of the words of an enumeration.
    public static var choice: FieldType<Value> {
        let words = Value.allCases.map(\.rawValue)
        return scalar(shape: .choice(words)) { scalar throws(Expectation) in
            guard let value = Value(rawValue: scalar.text) else {
                throw Expectation(
                    FieldShape.choice(words).words,
                    suggestion: nearName(to: scalar.text, among: words))
            }
            return value
        } write: { value in
            value.rawValue
        }
    }
}

extension FieldType {
    /// A type that is read from a single value.
    private static func scalar(
        shape: FieldShape,
        parse: @escaping @Sendable (YAMLScalar) throws(Expectation) -> Value,
        write: @escaping @Sendable (Value) -> String?
    ) -> FieldType<Value> {
        FieldType(shape: shape) { node, reading in
            guard let scalar = reading.scalar(node, shape) else { return nil }
            do throws(Expectation) {
                return try parse(scalar)
            } catch {
                reading.refuse(node, code: .documentRange, expected: error)
                return nil
            }
        } write: { value in
            write(value)
        }
    }
}

extension YAMLScalar {
    /// The text where it is not a quoted literal: `"4"` is a text, not a number. What comes from a
    /// variable counts as bare, since `"${LANES}"` is a habit from shells.
    fileprivate var bareText: String {
        style == .plain || origin != .document ? text : "\"" + text + "\""
    }

    /// The text of a quantity. With a unit it is a text to YAML anyway, so quotes change nothing.
    fileprivate var quantityText: String {
        text.last?.isLetter == true ? text : bareText
    }
}
