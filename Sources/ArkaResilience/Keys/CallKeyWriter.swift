public import ArkaModel

/// Puts the key of a call together, argument by argument.
///
/// One writer serves all calls of a function. Its memory is reused as soon as nobody keeps the last
/// key, so a call that is answered from the cache allocates nothing.
///
/// ```swift
/// writer.begin()
/// writer.add(0, text: entity)
/// writer.add(1, text: kind)
/// let key = writer.finish()
/// ```
///
/// Arguments are added in the order of the function's parameters, which makes the key canonical
/// however the rule wrote the call. A parameter without an argument is left out; one with a default
/// is added with it, so that a call that spells the default out has the same key.
public struct CallKeyWriter: Sendable {
    private enum Kind {
        static let text: UInt8 = 1
        static let decimal: UInt8 = 2
        static let truth: UInt8 = 3
        static let document: UInt8 = 4
        static let unknown: UInt8 = 5
    }

    private let shape: CallKeyShape
    private var bytes: [UInt8]
    /// The lowest parameter that may be added next.
    private var parameterNext = 0

    /// Makes a writer for calls of one function.
    public init(_ shape: CallKeyShape) {
        self.shape = shape
        bytes = []
    }

    /// Starts the next key.
    public mutating func begin() {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: shape.prefix)
        parameterNext = 0
    }

    /// Adds a text; its bytes count, not what they look like.
    public mutating func add(_ parameter: Int, text: Span<UInt8>) {
        guard isAdded(parameter) else { return }
        add(parameter, Kind.text, sized: text)
    }

    /// Adds a text; its bytes count, not what they look like.
    public mutating func add(_ parameter: Int, text: String) {
        add(parameter, text: Array(text.utf8).span)
    }

    /// Adds a number; `1` and `1.0` are the same.
    public mutating func add(_ parameter: Int, decimal: ExactDecimal) {
        guard isAdded(parameter) else { return }
        bytes.append(Kind.decimal)
        bytes.append(littleEndian: UInt16(parameter))
        bytes.append(littleEndian: UInt128(bitPattern: decimal.scaled))
    }

    /// Adds true or false.
    public mutating func add(_ parameter: Int, truth: Bool) {
        guard isAdded(parameter) else { return }
        bytes.append(Kind.truth)
        bytes.append(littleEndian: UInt16(parameter))
        bytes.append(truth ? 1 : 0)
    }

    /// Adds a list or an object as canonical JSON: keys sorted, no spaces. Only the caller can make
    /// it so; two spellings of one document are two keys, which costs a call and is never wrong.
    public mutating func add(_ parameter: Int, document: Span<UInt8>) {
        guard isAdded(parameter) else { return }
        add(parameter, Kind.document, sized: document)
    }

    /// Adds that a value is unknown, for functions that take such.
    public mutating func addUnknown(_ parameter: Int) {
        guard isAdded(parameter) else { return }
        bytes.append(Kind.unknown)
        bytes.append(littleEndian: UInt16(parameter))
    }

    /// Ends the key. It stays valid whatever the writer does next.
    public func finish() -> CallKey {
        CallKey(bytes: bytes, seed: shape.seed)
    }

    private mutating func isAdded(_ parameter: Int) -> Bool {
        precondition(
            shape.isInKey.indices.contains(parameter), "the function has no such parameter")
        precondition(parameter >= parameterNext, "arguments come in the order of the parameters")
        parameterNext = parameter + 1
        return shape.isInKey[parameter]
    }

    private mutating func add(_ parameter: Int, _ kind: UInt8, sized value: Span<UInt8>) {
        bytes.append(kind)
        bytes.append(littleEndian: UInt16(parameter))
        bytes.append(littleEndian: UInt32(value.count))
        bytes.append(addingCapacity: value.count) { out in
            for index in value.indices { out.append(value[index]) }
        }
    }
}

extension [UInt8] {
    mutating func append(littleEndian value: some FixedWidthInteger & UnsignedInteger) {
        var rest = value
        for _ in 0..<(value.bitWidth / 8) {
            append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }
}
