extension Columns {
    /// The transaction id of a row of the batch as a text, a number as it is written; `nil` if the record
    /// has none.
    func transactionID(_ row: Int) -> String? {
        let id = ids.base[row]
        guard let start = id.start else { return nil }
        // SAFETY: the batch keeps the slice until it is decided; a string has its quotes in it.
        guard start.pointee == UInt8(ascii: "\"") else {
            return String(
                decoding: UnsafeBufferPointer(start: start, count: id.count), as: UTF8.self)
        }
        let text = start + 1
        let resolved = [UInt8](unsafeUninitializedCapacity: id.count - 2) { room, count in
            guard let out = room.baseAddress else { return }
            // SAFETY: the resolved form is never longer.
            count = Unescaping.resolve(text, id.count - 2, into: out)
        }
        return String(decoding: resolved, as: UTF8.self)
    }
}
