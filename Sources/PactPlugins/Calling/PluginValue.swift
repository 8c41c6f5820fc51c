public import ArkaModel

/// A JSON value as plugins take and give it. Numbers are exact; members keep their order.
public enum PluginValue: Sendable, Hashable {
    /// `null`
    case null
    /// `true` or `false`
    case boolean(Bool)
    /// A number.
    case number(ExactDecimal)
    /// A string.
    case string(String)
    /// A list.
    case array([PluginValue])
    /// An object; names are unique.
    case object([Member])

    /// A name and its value.
    public struct Member: Sendable, Hashable {
        /// The name.
        public var name: String
        /// The value.
        public var value: PluginValue

        /// Makes a member.
        public init(_ name: String, _ value: PluginValue) {
            self.name = name
            self.value = value
        }
    }
}
