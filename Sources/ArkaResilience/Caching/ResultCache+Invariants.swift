extension ResultCache {
    /// Checks in debug builds that directory and values agree and keep the bounds.
    func checkInvariants() {
        #if DEBUG
            directory.checkInvariants()
            precondition(values.count == directory.entries.count, "a value for each place")
            guard directory.isCheckedInFull else { return }
            for (value, entry) in zip(values, directory.entries) {
                precondition(
                    (value != nil) == entry.isTaken, "taken places, and only they, hold values")
            }
        #endif
    }
}

#if DEBUG
    extension CacheDirectory {
        /// Looking at all entries after each change is quadratic; large caches are checked in their sums.
        var isCheckedInFull: Bool { entries.count <= 256 }

        func checkInvariants() {
            precondition(count + freePlaces.count == entries.count, "places are taken or free")
            precondition(
                count <= capacity.entriesMax && bytes <= capacity.bytesMax, "the bounds hold")
            precondition(count * 2 <= table.slotCount, "the table is at most half full")
            guard isCheckedInFull else { return }
            let taken = entries.filter(\.isTaken)
            precondition(taken.count == count, "entries are counted")
            precondition(taken.map(\.bytes).reduce(0, +) == bytes, "bytes are counted")
            for (place, entry) in entries.enumerated() where entry.isTaken {
                precondition(self.place(of: entry.key) == place, "each entry is found at its place")
            }
        }
    }
#endif
