/// The bounds of a JSON text.
public struct JSONLimits: Sendable, Hashable {
    /// Size in bytes. A schema or manifest has kilobytes; more is the wrong file.
    public var bytesMax: Int
    /// Arrays and objects within each other. The parser recurses, so this bounds its stack.
    public var depthMax: Int
    /// Diagnostics after which reading ends: a text with more faults is not the one that was meant.
    public var diagnosticsMax: Int

    /// Makes the bounds.
    public init(bytesMax: Int = 16 << 20, depthMax: Int = 128, diagnosticsMax: Int = 100) {
        self.bytesMax = bytesMax
        self.depthMax = depthMax
        self.diagnosticsMax = diagnosticsMax
    }
}
