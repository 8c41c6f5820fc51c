import ArkaModel
import ArkaStream
import CKernels

/// Reads records: checks that they are JSON and what the schema says, and fills the columns.
///
/// One pass over each record, with its own stack; no recursion. What is accepted depends on the
/// JSON standard and the schema only: the columns that rules ask for change what is stored, nothing
/// else. One per lane.
final class RecordDecoder {
    let table: FieldTable
    let columns: Columns
    /// The nodes of ``table``, taken out because every value looks into them.
    let nodes: UnsafePointer<FieldNode>
    let scales: UnsafePointer<UInt64>
    /// The columns that most values go to, taken out for the same reason.
    let states: UnsafeMutablePointer<UInt8>
    let numbers: UnsafeMutablePointer<Int64>
    let codes: UnsafeMutablePointer<UInt8>
    /// The properties seen in each open object.
    let seen: LaneArray<UInt64>
    /// The expected keys of each object.
    let shapes: LaneArray<KeyShape>
    /// The containers around the one being read.
    let frames: LaneArray<Frame>
    /// The index of the current element in each open array, by depth.
    let indices: LaneArray<Int32>
    /// The node of each open array that has elements which are read by their index, by depth.
    let arrays: LaneArray<UnsafePointer<FieldNode>?>
    /// Where each open container begins that is kept as it stands, and in which cell, by depth.
    let extents: LaneArray<Extent>
    /// Where the record's strings end.
    private let ends = StringEnds()
    private let path: Int32

    /// What is wrong with the record by its schema: the first such thing. Kept until the record has
    /// been read to its end, because being no JSON at all outweighs it.
    private var violation: DeadLetterReason?
    /// What the helpers of the walk need to know of the record; see ``row`` and ``hasEscapes``.
    private let current = LaneArray(repeating: Current(), count: 1)

    /// The row that is being filled.
    var row: Int { current.base.pointee.row }
    /// Whether the record has escapes somewhere.
    var hasEscapes: Bool { current.base.pointee.hasEscapes }

    private struct Current: BitwiseCopyable {
        var row = 0
        var hasEscapes = false
        var hasViolation = false
    }

    /// A container that is open.
    struct Frame: BitwiseCopyable {
        /// In a named object, its own node; in an array, the node of its elements.
        var node: UnsafePointer<FieldNode>?
        /// The byte that closes it; 0 outside of everything.
        var closing: UInt8 = 0
        /// Whether it is an array with elements that are read by their index.
        var hasElements = false
        /// Whether a rule takes it as it stands.
        var isKept = false
        /// The next expected key; `nil` where keys do not matter.
        var shape: UnsafeMutablePointer<KeyShape>?

        /// Whether it is an array whose elements somebody names.
        @inline(__always) var isTrackedArray: Bool {
            closing == UInt8(ascii: "]") && (node != nil || hasElements)
        }
    }

    /// A container that is kept as it stands, once its end is known.
    struct Extent: BitwiseCopyable {
        var start: UnsafePointer<UInt8>?
        /// The cell of ``Columns/raws``.
        var cell = 0
    }

    init(_ table: FieldTable, columns: Columns, kernels: KernelPath) {
        self.table = table
        self.columns = columns
        path = kernels.rawValue
        nodes = table.nodes.base
        states = columns.states.base
        numbers = columns.numbers.base
        codes = columns.codes.base
        scales = NumberToken.scaleTable
        seen = LaneArray(repeating: 0, count: table.required.count)
        shapes = LaneArray(repeating: KeyShape(seen: seen.base), count: table.shapeCount)
        // The last place of each object leads to itself.
        for index in 0..<shapes.count where (index + 1) % KeyShape.perObject != 0 {
            shapes.base[index].step = Int32(MemoryLayout<KeyShape>.stride)
        }
        frames = LaneArray(repeating: Frame(), count: Limits.nestingMax + 1)
        indices = LaneArray(repeating: 0, count: Limits.nestingMax + 1)
        arrays = LaneArray(repeating: nil, count: Limits.nestingMax + 1)
        extents = LaneArray(repeating: Extent(), count: Limits.nestingMax + 1)
    }

    /// Makes room for a batch whose largest record has this many bytes.
    func begin(largest: Int) { ends.reserve(recordBytes: min(largest, Limits.recordBytesMax)) }

    /// Reads one record into a row whose columns are empty.
    ///
    /// SAFETY: ``RecordBatch/padding`` zero bytes follow the record, which is neither empty nor larger
    /// than ``begin(largest:)`` was told.
    /// - Returns: Why it is a dead letter; `nil` if it is not. The row is worthless then.
    func decode(_ text: UnsafePointer<UInt8>, count: Int, row: Int) -> DeadLetterReason? {
        guard count <= Limits.recordBytesMax else {
            return .malformed("the record is larger than the engine reads", at: count)
        }
        let ends = ends.memory
        let strings = arka_find_strings(path, text, count, ends)
        if strings.saw != 0, let reason = checkText(text, count, strings) { return reason }
        current.base.pointee = Current(
            row: row, hasEscapes: strings.saw & UInt32(ARKA_SAW_BACKSLASH) != 0)
        // Behind the last string's end stands one that no string can have.
        ends[Int(strings.count)] = 0
        if let fault = walk(text, count, ends) { return fault }
        return current.base.pointee.hasViolation ? forgetViolation() : nil
    }

    /// Keeps what breaks the schema, if it is the first thing of this record.
    @inline(never) func violate(
        _ node: UnsafePointer<FieldNode>, _ code: DeadLetterCode,
        _ reason: @autoclosure () -> String
    ) {
        guard !current.base.pointee.hasViolation else { return }
        current.base.pointee.hasViolation = true
        let path = table.path(of: node - nodes, indices: indices.base)
        violation = DeadLetterReason(code, path: path, reason: reason())
    }

    /// Takes back what was kept.
    @discardableResult func forgetViolation() -> DeadLetterReason? {
        defer { violation = nil }
        return violation
    }

    /// What the walk need not look at, because it has been seen for the whole record at once.
    @inline(never) private func checkText(
        _ text: UnsafePointer<UInt8>, _ count: Int, _ strings: arka_strings
    ) -> DeadLetterReason? {
        if strings.saw & UInt32(ARKA_SAW_NON_ASCII) != 0 {
            let start = Int(strings.first_non_ascii)
            let valid = start + arka_valid_utf8_prefix(text + start, count - start)
            if valid < count {
                return DeadLetterReason(
                    .invalidUTF8, path: "$", reason: "invalid UTF-8 at byte \(valid)")
            }
        }
        let broken = UInt32(ARKA_SAW_CONTROL | ARKA_SAW_OPEN_STRING)
        if strings.saw & broken != 0 { return brokenString(text, count) }
        if strings.saw & UInt32(ARKA_SAW_BACKSLASH) != 0 {
            let valid = arka_valid_escapes_prefix(text, count)
            if valid < count { return .malformed("unknown escape", at: valid) }
        }
        return nil
    }

    /// Finds what the kernel found, with its place.
    private func brokenString(
        _ text: UnsafePointer<UInt8>, _ count: Int
    ) -> DeadLetterReason {
        var isInside = false
        var isEscaped = false
        var start = 0
        for at in 0..<count {
            let byte = text[at]
            if isInside, byte < 0x20 { return .malformed("control character in a string", at: at) }
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInside.toggle()
                start = at
            }
        }
        return .malformed("string without an end", at: start)
    }
}

extension DeadLetterReason {
    /// Not JSON; says where.
    static func malformed(_ what: String, at offset: Int) -> DeadLetterReason {
        DeadLetterReason(.malformedJSON, path: "$", reason: "\(what) at byte \(offset)")
    }
}
