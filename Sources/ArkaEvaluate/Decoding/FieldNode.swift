import ArkaModel

/// A place in the record that the schema, a rule or the engine names; see ``FieldTable``.
struct FieldNode: BitwiseCopyable, Sendable {
    /// Where its value goes, if a rule reads it.
    var columns = FieldColumns()
    /// The properties of its object, as node numbers; empty if nobody names any.
    var properties = ByteStringTable()
    /// The strings that the schema allows, if it lists values.
    var allowedStrings = ByteStringTable()
    /// Where the words of its object begin that say which properties were seen, and how many. The
    /// words of ``FieldTable/required`` stand at the same place.
    var seenStart: Int32 = 0
    var seenCount: Int32 = 0
    /// Its own word and bit among those of the object it is in.
    var ownWord: Int32 = 0
    var ownBit: UInt64 = 0
    /// The node of its array's elements; -1 if nobody names them.
    var items: Int32 = -1
    /// The elements of its array that are read by their index, in ``FieldTable/elements``.
    var firstElement: Int32 = 0
    var elementCount: Int32 = 0
    /// The number of its first predicted key (see ``KeyShape``); -1 without properties.
    var shapes: Int32 = -1
    /// The number after the last node below it; nodes stand in depth-first order.
    var end: Int32 = 0
    /// ``JSONTypes`` that the schema allows, as bits of ``TypeBit``.
    var allowed = TypeBit.all
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
        if allowed & TypeBit.string != 0 {
            let onlyCode =
                columns.code >= 0 && columns.text < 0 && columns.moment < 0 && columns.raw < 0
            onString = !columns.exists ? .ignore : onlyCode ? .store : .none
        }
        if allowed & TypeBit.number != 0 {
            let onlyNumber = columns.number >= 0 && columns.raw < 0
            onNumber = !columns.exists ? .ignore : onlyNumber ? .store : .none
        }
    }
}

/// The bits of ``JSONTypes`` as plain constants: those are looked up through a call, these are not.
enum TypeBit {
    static let null: UInt8 = 1
    static let boolean: UInt8 = 2
    static let number: UInt8 = 4
    static let integer: UInt8 = 8
    static let string: UInt8 = 16
    static let object: UInt8 = 32
    static let array: UInt8 = 64
    static let all: UInt8 = 127
}
