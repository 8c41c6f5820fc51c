import ArkaModel
import ArkaRules
import ArkaText
import CKernels

/// Bytes of a text; they stay as long as whoever handed them out says.
typealias TextBytes = UnsafeBufferPointer<UInt8>

// SAFETY: texts of fields stay until the batch is decided, computed ones in `Columns.computed` until
// the next predicate is evaluated: nobody here keeps one longer than a test of it takes.

/// Computed texts, and what is asked of texts.
extension RowEvaluator {
    /// Evaluates a text; the first failure counts.
    func text(_ term: TextTerm, _ row: Int) -> Operand<TextBytes> {
        switch term {
        case .constant(let bytes): return .known(kept(bytes))
        case .field(let field): return text(field, row)
        case .changed(let change, let inner):
            return text(inner, row).map { changed($0, change) }
        case .joined(let pieces): return joined(pieces, row)
        case .either(let a, let b):
            if case .known(let text) = text(a, row) { return .known(text) }
            return text(b, row)
        }
    }

    private func joined(
        _ pieces: [OutputValue.OutputPiece], _ row: Int
    ) -> Operand<TextBytes> {
        var writer = OutputText()
        for piece in pieces {
            switch piece {
            case .text(let bytes): writer.bytes += bytes
            case .value(let output):
                if let reason = write(output, row, as: .plain, to: &writer) {
                    return .unknown(reason)
                }
            }
        }
        return .known(kept(writer.bytes))
    }

    /// Puts bytes where they stay until the next predicate.
    private func kept(_ bytes: [UInt8]) -> TextBytes {
        let room = columns.computed.reserve(bytes.count)
        bytes.withUnsafeBufferPointer { source in
            guard let start = source.baseAddress else { return }
            room.update(from: start, count: source.count)
        }
        return TextBytes(start: room, count: bytes.count)
    }

    private func changed(_ text: TextBytes, _ change: TextTransform) -> TextBytes {
        if change == .trim { return Self.trimmed(text) }
        guard text.allSatisfy({ $0 < 0x80 }) else { return kept(change.apply(Array(text))) }
        let room = columns.computed.reserve(text.count)
        let first = UInt8(ascii: change == .lower ? "A" : "a")
        for place in 0..<text.count {
            let byte = text[place]
            room[place] = byte &- first < 26 ? byte ^ 0x20 : byte
        }
        return TextBytes(start: room, count: text.count)
    }

    private static func trimmed(_ text: TextBytes) -> TextBytes {
        guard let first = text.firstIndex(where: { !TextTransform.isBlank($0) }),
            let last = text.lastIndex(where: { !TextTransform.isBlank($0) })
        else { return TextBytes(rebasing: text[..<0]) }
        return TextBytes(rebasing: text[first...last])
    }

    /// How many Unicode scalars a text has; a byte that is part of none counts as one.
    static func scalars(_ text: TextBytes) -> Int64 {
        var count: Int64 = 0
        for byte in text where byte & 0xC0 != 0x80 { count += 1 }
        // Only a surrogate that stands alone is no scalar, and it begins with this byte.
        guard text.contains(0xED) else { return count }
        return Int64(String(decoding: text, as: UTF8.self).unicodeScalars.count)
    }

    /// Tests a text. It is read before the other one of the test.
    func test(_ term: TextTerm, _ test: TextTest, _ row: Int) -> Answer {
        text(term, row).flatMap { text in
            guard let other = test.other else { return .known(Self.holds(text, test)) }
            return self.text(other, row).map { Self.holds(text, test, $0) }
        }
    }

    /// What a test without another text says.
    static func holds(_ text: TextBytes, _ test: TextTest) -> Bool {
        switch test {
        case .isIn(let list): isIn(text, list)
        case .matches(let pattern): pattern.pattern.matches(text)
        case .compared, .contains, .startsWith, .endsWith:
            preconditionFailure("these tests read another text")
        }
    }

    /// What a test with another text says.
    static func holds(_ text: TextBytes, _ test: TextTest, _ other: TextBytes) -> Bool {
        switch test {
        case .compared(let comparison, _): comparison.holds(text, other)
        case .contains: contains(text, other)
        case .startsWith: hasBytes(text, other, at: 0)
        case .endsWith: hasBytes(text, other, at: text.count - other.count)
        case .isIn, .matches: preconditionFailure("these tests read no other text")
        }
    }

    private static func contains(_ text: TextBytes, _ part: TextBytes) -> Bool {
        guard let start = text.baseAddress, let other = part.baseAddress, part.count > 0 else {
            return part.isEmpty
        }
        return arka_contains(start, text.count, other, part.count) != 0
    }

    private static func hasBytes(_ text: TextBytes, _ part: TextBytes, at offset: Int) -> Bool {
        guard offset >= 0, part.count <= text.count - offset else { return false }
        for place in 0..<part.count where text[offset + place] != part[place] { return false }
        return true
    }

    /// Searches a list that is sorted by bytes.
    private static func isIn(_ text: TextBytes, _ list: [[UInt8]]) -> Bool {
        var low = 0
        var high = list.count
        while low < high {
            let middle = (low + high) / 2
            let isBefore = list[middle].withUnsafeBufferPointer {
                Comparison.less.holds($0, text)
            }
            if isBefore { low = middle + 1 } else { high = middle }
        }
        return low < list.count && list[low].elementsEqual(text)
    }

    /// Whether a text is in a list from a file.
    func isListed(_ text: TextBytes, _ list: ListID) -> Bool {
        guard case .texts(_, let texts) = lists[list.index] else {
            preconditionFailure("a list is built for the type that is looked up")
        }
        return texts.contains(text)
    }
}
