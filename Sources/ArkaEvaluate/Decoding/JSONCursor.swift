/// Steps through the JSON of one value that was checked when its record was read.
///
/// Every step stays within the text even so: this is memory that producers fill.
struct JSONCursor {
    // SAFETY: `at` moves forward only, and is compared with `end` before anything is read.
    private(set) var at: UnsafePointer<UInt8>
    private let end: UnsafePointer<UInt8>

    init(_ text: UnsafeBufferPointer<UInt8>) {
        // An empty buffer may lack an address; then nothing is ever read.
        let start = text.baseAddress ?? UnsafePointer(("" as StaticString).utf8Start)
        at = start
        end = start + text.count
    }

    /// The byte that stands here, blanks skipped; 0 at the end.
    mutating func peek() -> UInt8 {
        while at < end, at.pointee <= 0x20 { at += 1 }
        return at < end ? at.pointee : 0
    }

    /// Steps over a byte if it stands here, blanks skipped.
    mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte, at < end else { return false }
        at += 1
        return true
    }

    /// Steps over the string, number or word that stands here, and returns its text.
    mutating func scalar() -> UnsafeBufferPointer<UInt8> {
        let first = peek()
        let start = at
        if first == UInt8(ascii: "\"") { skipString() } else { skipWord() }
        return UnsafeBufferPointer(start: start, count: at - start)
    }

    /// Steps over the value that stands here, and returns its text.
    mutating func value() -> UnsafeBufferPointer<UInt8> {
        let first = peek()
        guard first | 0x20 == UInt8(ascii: "{") else { return scalar() }
        let start = at
        var depth = 0
        repeat {
            switch at.pointee {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "\""):
                skipString()
                continue
            default: break
            }
            at += 1
        } while depth > 0 && at < end
        return UnsafeBufferPointer(start: start, count: at - start)
    }

    /// Calls the body with the text of each element of the array that stands here, until it returns
    /// false.
    mutating func forEachElement(_ body: (UnsafeBufferPointer<UInt8>) -> Bool) {
        guard take(UInt8(ascii: "[")), peek() != UInt8(ascii: "]") else { return }
        repeat {
            guard body(value()) else { return }
        } while take(UInt8(ascii: ","))
    }

    private mutating func skipString() {
        at += 1
        while at < end, at.pointee != UInt8(ascii: "\"") {
            at += at.pointee == UInt8(ascii: "\\") && end - at > 1 ? 2 : 1
        }
        if at < end { at += 1 }
    }

    private mutating func skipWord() {
        while at < end {
            switch at.pointee {
            case ...0x20, UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"),
                UInt8(ascii: ":"):
                return
            default: at += 1
            }
        }
    }
}
