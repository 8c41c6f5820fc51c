public import ArkaModel

/// A plugin's function that rules call, and where the first call of it stands.
public struct CalledFunction: Sendable, Hashable {
    /// The function.
    public let signature: FunctionSignature
    /// The first call of it, from `plugin` to the function's name.
    public let place: SourcePlace
}
