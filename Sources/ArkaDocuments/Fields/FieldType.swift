/// How a kind of value is read and written: once per type, used by every field of that type.
public struct FieldType<Value: Sendable>: Sendable {
    /// What values look like.
    public let shape: FieldShape
    /// Reads a value, or reports what is wrong with it and returns `nil`.
    let read: @Sendable (YAMLNode, inout DocumentReading) -> Value?
    /// The value as a document writes it; `nil` where that says nothing to a reader.
    let write: @Sendable (Value) -> String?

    /// Makes a type out of its operations.
    init(
        shape: FieldShape,
        read: @escaping @Sendable (YAMLNode, inout DocumentReading) -> Value?,
        write: @escaping @Sendable (Value) -> String?
    ) {
        self.shape = shape
        self.read = read
        self.write = write
    }
}

extension FieldType {
    /// A type that is made of another one's values, some of which may be refused.
    /// - Parameters:
    ///   - shape: What values look like; the other type's where it is left out.
    ///   - convert: The value, or what was expected instead.
    ///   - restore: The other type's value, for the documentation of defaults.
    public func mapping<Result: Sendable>(
        shape: FieldShape? = nil,
        convert: @escaping @Sendable (Value) throws(Expectation) -> Result,
        restore: @escaping @Sendable (Result) -> Value?
    ) -> FieldType<Result> {
        let read = self.read
        let write = self.write
        return FieldType<Result>(shape: shape ?? self.shape) { node, reading in
            guard let value = read(node, &reading) else { return nil }
            do throws(Expectation) {
                return try convert(value)
            } catch {
                reading.refuse(node, code: .documentRange, expected: error)
                return nil
            }
        } write: { value in
            restore(value).flatMap(write)
        }
    }

    /// The same type for a field that may be absent and then has no value.
    var optional: FieldType<Value?> {
        let read = self.read
        let write = self.write
        return FieldType<Value?>(shape: shape) { node, reading in
            read(node, &reading).map(Optional.some)
        } write: { value in
            value.flatMap(write)
        }
    }
}

/// What was expected instead of a value that is refused.
public struct Expectation: Error, Sendable, Hashable {
    /// The words behind "expected".
    public var words: String
    /// A near name, if there is one.
    public var suggestion: String?

    /// Makes an expectation.
    public init(_ words: String, suggestion: String? = nil) {
        self.words = words
        self.suggestion = suggestion
    }
}
