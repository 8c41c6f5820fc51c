extension TextList {
    /// Collects entries before they become a list; copies each once.
    public struct Builder: Sendable {
        /// How many entries were added, repeated ones included.
        private(set) var count = 0
        /// The entries one behind the other, as ``TextEntry`` writes them.
        private(set) var bytes: [UInt8] = []

        /// Begins a list.
        /// - Parameter bytes: About how many bytes the entries have together, if that is known.
        public init(reserving bytes: Int = 0) {
            self.bytes.reserveCapacity(bytes)
        }

        /// Adds an entry, which may be there already.
        /// - Precondition: With four bytes for each they come to less than 4 GiB.
        public mutating func append(_ entry: Span<UInt8>) {
            let end = bytes.count + TextEntry.headerBytes + entry.count
            precondition(end <= Int(UInt32.max), "the entries of a list come to 4 GiB")
            // SAFETY: the buffer is used within the closure only.
            _ = entry.withUnsafeBytes { TextEntry.append($0, to: &bytes) }
            count += 1
        }

        /// Makes the list.
        public func finished() -> TextList { TextList(self) }
    }
}
