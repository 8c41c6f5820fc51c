/// One bit for each row of a batch: row `i` is bit `i % 64` of word `i / 64`.
typealias RowMask = SIMD4<UInt64>

extension SIMD4<UInt64> {
    /// No row.
    static var none: RowMask { RowMask(repeating: 0) }
    /// All rows, whether the batch has them or not.
    static var all: RowMask { RowMask(repeating: .max) }

    /// Whether any row is in it.
    @inline(__always) var isEmpty: Bool { self[0] | self[1] | self[2] | self[3] == 0 }

    /// How many rows are in it.
    var population: Int {
        self[0].nonzeroBitCount + self[1].nonzeroBitCount + self[2].nonzeroBitCount
            + self[3].nonzeroBitCount
    }

    /// Whether a row is in it.
    @inline(__always) func contains(_ row: Int) -> Bool {
        self[row >> 6] >> UInt64(row & 63) & 1 != 0
    }

    /// Puts a row in or takes it out.
    @inline(__always) mutating func set(_ row: Int, to isIn: Bool) {
        let bit = UInt64(1) << UInt64(row & 63)
        if isIn { self[row >> 6] |= bit } else { self[row >> 6] &= ~bit }
    }

    /// Calls the body for each row in it, in order.
    @inline(__always) func forEachRow(_ body: (Int) -> Void) {
        for word in 0..<4 {
            var left = self[word]
            while left != 0 {
                body(word << 6 + left.trailingZeroBitCount)
                left &= left &- 1
            }
        }
    }
}
