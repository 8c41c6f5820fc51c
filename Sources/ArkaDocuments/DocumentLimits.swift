/// The bounds of a document that people write. Reaching one is an error with a place.
public struct DocumentLimits: Sendable, Hashable {
    /// Size in bytes. A topology has kilobytes; more is the wrong file.
    public var bytesMax: Int
    /// Values within each other. The tree is built by recursion, so this bounds its stack.
    public var depthMax: Int
    /// Values and keys in one document.
    public var valuesMax: Int
    /// Opening brackets without a closing one, counted in quoted text too.
    ///
    /// libyaml takes time quadratic in them: 1,000 take 7 ms, 100,000 take minutes.
    public var openBracketsMax: Int
    /// Lines that begin with `%`. libyaml takes time quadratic in `%TAG` lines.
    public var directivesMax: Int
    /// Bytes that the environment may add to all values together.
    public var environmentBytesMax: Int
    /// Defaults of variables within each other, as in `${A:-${B}}`.
    public var defaultDepthMax: Int
    /// Diagnostics after which no more are kept: a text with more faults is not the one meant.
    public var diagnosticsMax: Int

    /// Makes the bounds.
    public init(
        bytesMax: Int = 4 << 20, depthMax: Int = 64, valuesMax: Int = 200_000,
        openBracketsMax: Int = 1_024, directivesMax: Int = 64,
        environmentBytesMax: Int = 4 << 20, defaultDepthMax: Int = 8, diagnosticsMax: Int = 100
    ) {
        self.bytesMax = bytesMax
        self.depthMax = depthMax
        self.valuesMax = valuesMax
        self.openBracketsMax = openBracketsMax
        self.directivesMax = directivesMax
        self.environmentBytesMax = environmentBytesMax
        self.defaultDepthMax = defaultDepthMax
        self.diagnosticsMax = diagnosticsMax
    }
}
