/// Why a function of a plugin failed, in words that are shown with the decision.
public struct PluginError: Error, Hashable, CustomStringConvertible {
    /// The reason; nothing secret, no personal data.
    public let description: String
    /// Whether trying again may help.
    public let isRetryable: Bool

    /// Describes a failure.
    public init(_ description: String, isRetryable: Bool = true) {
        self.description = description
        self.isRetryable = isRetryable
    }
}
