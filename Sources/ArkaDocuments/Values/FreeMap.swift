/// A mapping whose keys are the user's own, such as properties passed through to a library.
public struct FreeMap: Sendable, Hashable {
    /// The entries in the order written; no key twice.
    public var entries: [Entry]

    /// A key and its text.
    public struct Entry: Sendable, Hashable {
        /// The key.
        public var key: String
        /// The text.
        public var value: String
        /// Whether the text must never be printed: by its key, or since it came from outside.
        public var isSecret: Bool

        /// Makes an entry.
        public init(_ key: String, _ value: String, isSecret: Bool = false) {
            self.key = key
            self.value = value
            self.isSecret = isSecret
        }
    }

    /// Makes a map.
    public init(_ entries: [Entry] = []) {
        self.entries = entries
    }
}
