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
    /// What a value is; stands in the upper half of the word before it, above the parameter.
    private enum Kind: UInt64 {
        case text = 1
        case decimal, truth, document, unknown

        /// The word that begins an argument, with a size or a value of 32 bits.
        func word(of parameter: Int, detail: UInt64 = 0) -> UInt64 {
            rawValue << 48 | UInt64(parameter) << 32 | detail
        }
    }

    private let shape: CallKeyShape
    /// Begins with the shape's prefix at all times.
    private var words: [UInt64]
    private var hash: KeyHash
    /// The lowest parameter that may be added next.
    private var parameterNext = 0

    /// Makes a writer for calls of one function.
    public init(_ shape: CallKeyShape) {
        self.shape = shape
        words = shape.prefix
        hash = shape.prefixHash
    }

    /// Starts the next key.
    public mutating func begin() {
        words.removeLast(words.count - shape.prefix.count)
        hash = shape.prefixHash
        parameterNext = 0
    }

    /// Adds a text; its bytes count, not what they look like.
    public mutating func add(_ parameter: Int, text: Span<UInt8>) {
        guard isAdded(parameter) else { return }
        add(.text, of: parameter, sized: text)
    }

    /// Adds a text; its bytes count, not what they look like.
    public mutating func add(_ parameter: Int, text: String) {
        add(parameter, text: Array(text.utf8).span)
    }

    /// Adds a number; `1` and `1.0` are the same.
    public mutating func add(_ parameter: Int, decimal: ExactDecimal) {
        guard isAdded(parameter) else { return }
        let scaled = UInt128(bitPattern: decimal.scaled)
        add(Kind.decimal.word(of: parameter))
        add(UInt64(truncatingIfNeeded: scaled))
        add(UInt64(truncatingIfNeeded: scaled >> 64))
    }

    /// Adds true or false.
    public mutating func add(_ parameter: Int, truth: Bool) {
        guard isAdded(parameter) else { return }
        add(Kind.truth.word(of: parameter, detail: truth ? 1 : 0))
    }

    /// Adds a list or an object as canonical JSON: keys sorted, no spaces. Only the caller can make
    /// it so; two spellings of one document are two keys, which costs a call and is never wrong.
    public mutating func add(_ parameter: Int, document: Span<UInt8>) {
        guard isAdded(parameter) else { return }
        add(.document, of: parameter, sized: document)
    }

    /// Adds that a value is unknown, for functions that take such.
    public mutating func addUnknown(_ parameter: Int) {
        guard isAdded(parameter) else { return }
        add(Kind.unknown.word(of: parameter))
    }

    /// Ends the key. It stays valid whatever the writer does next.
    public func finish() -> CallKey {
        CallKey(words: words, hash: hash.value)
    }

    private mutating func isAdded(_ parameter: Int) -> Bool {
        precondition(
            shape.isInKey.indices.contains(parameter), "the function has no such parameter")
        precondition(parameter >= parameterNext, "arguments come in the order of the parameters")
        parameterNext = parameter + 1
        return shape.isInKey[parameter]
    }

    /// Adds an argument of any size. Words are written and hashed in one go.
    private mutating func add(_ kind: Kind, of parameter: Int, sized value: Span<UInt8>) {
        precondition(value.count <= UInt32.max, "sizes are kept in 32 bits")
        let first = kind.word(of: parameter, detail: UInt64(value.count))
        var hash = hash
        words.append(addingCapacity: 2 + value.count / 8) { out in
            out.append(first)
            hash.add(first)
            value.forEachWord { word in
                out.append(word)
                hash.add(word)
            }
        }
        self.hash = hash
    }

    private mutating func add(_ word: UInt64) {
        words.append(word)
        hash.add(word)
    }
}
