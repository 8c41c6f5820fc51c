/// The bounds of a JSON Schema and of the work that it may ask for.
///
/// A schema that has more than it may is refused when it is loaded. Holding a value against a schema
/// takes at most `schemas × values` steps, as each pair is looked at once however many references lead
/// to it (twice where an alternative looks at it too), and never more than ``stepsMax``: a value that
/// needs more is refused.
public struct SchemaLimits: Sendable, Hashable {
    /// Bytes of a schema's text.
    public var bytesMax: Int
    /// Schemas within the schema.
    public var subschemasMax: Int
    /// Patterns within the schema; each takes memory of its own.
    public var patternsMax: Int
    /// Schemas in a row that one value is held against, such as references that lead to references.
    public var chainMax: Int
    /// Problems after which reading a schema, or testing a value, ends.
    public var problemsMax: Int
    /// Steps that testing a value may take: a keyword, a member, an element, a few bytes of a text.
    public var stepsMax: Int
    /// Schemas within each other while a value is tested; testing recurses, so this bounds its stack.
    public var depthMax: Int

    /// Makes the bounds.
    public init(
        bytesMax: Int = 1 << 20, subschemasMax: Int = 10_000, patternsMax: Int = 1_000,
        chainMax: Int = 64, problemsMax: Int = 100,
        stepsMax: Int = 1_000_000, depthMax: Int = 512
    ) {
        self.bytesMax = bytesMax
        self.subschemasMax = subschemasMax
        self.patternsMax = patternsMax
        self.chainMax = chainMax
        self.problemsMax = problemsMax
        self.stepsMax = stepsMax
        self.depthMax = depthMax
    }
}
