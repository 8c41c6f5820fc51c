public import ArkaModel

/// One bound of a plugin, and where it comes from.
public struct SandboxPart: Sendable {
    /// The path of the key that says so, such as `sandbox.network.deniedPorts`.
    public var key: String
    /// Where it stands; `nil` for what no document says, such as what a plugin declares in its code.
    public var place: SourcePlace?
    /// The bound alone.
    public var policy: SandboxPolicy

    /// Makes a part.
    public init(_ key: String, at place: SourcePlace? = nil, _ policy: SandboxPolicy) {
        self.key = key
        self.place = place
        self.policy = policy
    }
}

extension [SandboxPart] {
    /// What all parts allow.
    public var effective: SandboxPolicy {
        reduce(SandboxPolicy()) { $0.intersection($1.policy) }
    }
}
