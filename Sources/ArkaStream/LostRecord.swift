#if ARKA_DROP_ONE_RECORD
    import Synchronization

    /// Loses one record on purpose, the hundredth of the process.
    ///
    /// Only in builds with `-DARKA_DROP_ONE_RECORD`: `scripts/lost-record` shows with one that the
    /// ledger misses a record that vanishes inside the engine.
    enum LostRecord {
        private static let seen = Atomic<Int>(0)

        /// Whether this is the record to lose.
        static func isThisOne() -> Bool {
            seen.add(1, ordering: .relaxed).newValue == 100
        }
    }
#endif
