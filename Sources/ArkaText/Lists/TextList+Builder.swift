extension TextList {
    /// Collects entries before they become a list; copies each once.
    public struct Builder: Sendable {
        /// How many entries were added, repeated ones included.
        private(set) var count = 0
        /// The entries as ``TextList`` keeps them.
        private(set) var pool: [UInt8] = []

        /// Begins a list.
        /// - Parameter bytes: About how many bytes the entries have together, if that is known.
        public init(reserving bytes: Int = 0) {
            pool.reserveCapacity(bytes)
        }

        /// Adds an entry, which may be there already.
        /// - Precondition: The entries come to less than 4 GiB, with four bytes for each.
        public mutating func append(_ entry: Span<UInt8>) {
            let end = pool.count + TextSlot.lengthBytes + entry.count
            precondition(end < Int(UInt32.max), "the entries of a list come to 4 GiB")
            // SAFETY: the buffers are used within the closures only.
            withUnsafeBytes(of: UInt32(entry.count)) { pool.append(contentsOf: $0) }
            entry.withUnsafeBufferPointer { pool.append(contentsOf: $0) }
            count += 1
        }

        /// Makes the list.
        public consuming func finished() -> TextList { TextList(self) }
    }
}
