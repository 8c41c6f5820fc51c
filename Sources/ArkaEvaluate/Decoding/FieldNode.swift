import ArkaModel

/// A place in the record that the schema, a rule or the engine names; see ``FieldTable``.
struct FieldNode: BitwiseCopyable, Sendable {
    /// Where its value goes, if a rule reads it.
    var columns = FieldColumns()
    /// The properties of its object, as node numbers; empty if nobody names any.
    var properties = ByteStringTable()
    /// Where the words of its object begin that say which properties were seen, and how many. The
    /// words of ``FieldTable/required`` stand at the same place.
    var seenStart: Int32 = 0
    var seenCount: Int32 = 0
    /// Its own word and bit among those of the object it is in.
    var ownWord: Int32 = 0
    var ownBit: UInt64 = 0
    /// The node of its array's elements; -1 if nobody names them.
    var items: Int32 = -1
    /// The number of its first predicted key (see ``KeyShape``); -1 without properties.
    var shapes: Int32 = -1
    /// The number after the last node below it; nodes stand in depth-first order.
    var end: Int32 = 0
    /// ``JSONTypes`` that the schema allows.
    var allowed = JSONTypes.all.rawValue
    /// Whether the schema names it, so that it must stand once and numbers must fit.
    var isNamed = false
    /// What else is to be done with its value.
    var duties: Duties = []
    /// What to do with a string without escapes.
    var onString = Shortcut.none
    /// What to do with a number in the fast form.
    var onNumber = Shortcut.none

    /// Work beyond types and columns.
    struct Duties: OptionSet, BitwiseCopyable, Sendable {
        let rawValue: UInt8
        /// The schema lists the values allowed.
        static let enumeration = Duties(rawValue: 1)
        /// A string must be a date and time.
        static let dateTime = Duties(rawValue: 2)
        /// It is the transaction's id.
        static let id = Duties(rawValue: 4)
        /// It is the record's own time.
        static let eventTime = Duties(rawValue: 8)
    }

    /// The short ways through the decoder, for the values that most traffic consists of.
    enum Shortcut: UInt8, BitwiseCopyable, Sendable {
        /// Nothing to do: the value is allowed and nobody reads it.
        case ignore
        /// The value is allowed; store it in its one column.
        case store
        /// No short way.
        case none
    }

    /// Chooses the short ways that its other properties allow.
    mutating func chooseShortcuts() {
        onString = .none
        onNumber = .none
        guard duties.isEmpty else { return }
        let types = JSONTypes(rawValue: allowed)
        if types.contains(.string) {
            let onlyCode = columns.code >= 0 && columns.text < 0
            onString = !columns.exists ? .ignore : onlyCode ? .store : .none
        }
        if types.contains(.number) {
            onNumber = !columns.exists ? .ignore : columns.number >= 0 ? .store : .none
        }
    }
}

/// A key that is expected at its place in an object because earlier records had it there.
///
/// Most producers write the same keys in the same order; comparing with the expected key is cheaper
/// than a look-up. A wrong guess costs a look-up and is replaced.
struct KeyShape: BitwiseCopyable {
    /// Keys longer than this are looked up each time.
    static let lengthMax = 31
    /// Expected keys per object; what comes after shares the last place.
    static let perObject = 64

    /// The key and its closing quote, as four words, and which of their bytes count.
    var text: (UInt64, UInt64, UInt64, UInt64) = (.max, 0, 0, 0)
    var mask: (UInt64, UInt64, UInt64, UInt64) = (.max, 0, 0, 0)
    /// The key's length in the record.
    var length: Int32 = 0
    /// The property's node; -1 if nobody names it.
    var node: Int32 = -1

    /// Matches nothing: no valid text has these bytes.
    static let never = KeyShape()

    /// Whether the expected key stands here, closing quote included.
    ///
    /// SAFETY: 32 bytes must be readable; the padding of a batch has them.
    @inline(__always) static func stands(
        _ shape: UnsafePointer<KeyShape>, at key: UnsafePointer<UInt8>
    ) -> Bool {
        let first = (loadWord(key) ^ shape.pointee.text.0) & shape.pointee.mask.0
        let second = (loadWord(key + 8) ^ shape.pointee.text.1) & shape.pointee.mask.1
        if first | second != 0 { return false }
        if shape.pointee.length < 16 { return true }
        let third = (loadWord(key + 16) ^ shape.pointee.text.2) & shape.pointee.mask.2
        let fourth = (loadWord(key + 24) ^ shape.pointee.text.3) & shape.pointee.mask.3
        return third | fourth == 0
    }

    /// Expects a key without escapes.
    init(key: UnsafePointer<UInt8>, length: Int, node: Int32) {
        self.length = Int32(length)
        self.node = node
        guard length <= Self.lengthMax else { return }
        // With the closing quote.
        let masks = (0..<4).map { word -> UInt64 in
            let bytes = min(max(length + 1 - word * 8, 0), 8)
            return bytes == 0 ? 0 : UInt64.max >> UInt64(64 - bytes * 8)
        }
        mask = (masks[0], masks[1], masks[2], masks[3])
        text = (
            loadWord(key) & masks[0], loadWord(key + 8) & masks[1],
            loadWord(key + 16) & masks[2], loadWord(key + 24) & masks[3]
        )
    }

    /// Remembers what was found for a key with escapes; it is looked up each time.
    init(escapedKeyOfLength length: Int, node: Int32) {
        self.length = Int32(length)
        self.node = node
    }

    private init() {}
}
