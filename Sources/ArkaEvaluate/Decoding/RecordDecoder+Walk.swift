import ArkaModel
import ArkaStream

/// Every `p` below is a position in the record or at most in its padding of zeros. Zero is no token,
/// so each loop ends there at the latest.
// SAFETY: so nothing is read behind the padding, which every payload of a batch has. `ends` stops at
// the zero behind the last end; shapes and nodes point into arrays that the decoder keeps alive.
typealias Position = UnsafePointer<UInt8>

extension RecordDecoder {
    /// Reads a whole record, from the first byte to the last.
    /// - Parameter stringEnds: Where its strings end, in order, then a zero.
    /// - Returns: Why it is not JSON; `nil` if it is.
    func walk(
        _ text: Position, _ count: Int, _ stringEnds: UnsafePointer<UInt32>
    ) -> DeadLetterReason? {
        var p = skipSpace(text)
        var ends = stringEnds
        var frame = Frame()
        var depth = 0
        var node: UnsafePointer<FieldNode>? = nodes
        reading: while true {
            // A value begins at `p`; it is that of `node`, if anybody names it. Strings come first,
            // because most values are.
            if p.pointee == UInt8(ascii: "\"") {
                let end = text + Int(ends.pointee)
                guard end > p else { return fault("string without an end", p, text) }
                ends += 1
                if let node { readString(node, p + 1, end) }
                p = end + 1
            } else if p.pointee | 0x20 == UInt8(ascii: "{") {
                guard depth < Limits.nestingMax else { return tooDeep(p, text) }
                frames.base[depth] = frame
                depth += 1
                enter(&p, &frame, node, depth)
                if p.pointee != frame.closing {
                    guard readNext(&p, &ends, &frame, &node, depth, text) else {
                        return fault("expected a property name and a colon", p, text)
                    }
                    continue reading
                }
            } else if !readScalar(&p, node) {
                return fault("expected a value", p, text)
            }
            // A value has ended. Mostly another property follows at once.
            if let shape = frame.shape, Self.continues(p), KeyShape.stands(shape, at: p + 2) {
                p = skipSpace(p + 2 + Int(shape.pointee.length))
                ends += 1
                node = take(shape, &frame)
                continue reading
            }
            // If not, containers may end as well.
            while true {
                p = skipSpace(p)
                guard depth > 0 else { break reading }
                if p.pointee == UInt8(ascii: ",") {
                    p = skipSpace(p + 1)
                    if frame.isTrackedArray { indices.base[depth] += 1 }
                    guard readNext(&p, &ends, &frame, &node, depth, text) else {
                        return fault("expected a property name and a colon", p, text)
                    }
                    continue reading
                }
                guard p.pointee == frame.closing else {
                    return fault("expected a comma or a closing bracket", p, text)
                }
                if frame.shape != nil, let object = frame.node { leaveObject(object) }
                p += 1
                if frame.isKept { keepExtent(depth, upTo: p) }
                depth -= 1
                frame = frames.base[depth]
            }
        }
        return p == text + count ? nil : fault("more after the value", p, text)
    }

    /// Opens the object or array that begins here, up to what is in it.
    @inline(__always) private func enter(
        _ p: inout Position, _ frame: inout Frame, _ node: UnsafePointer<FieldNode>?,
        _ depth: Int
    ) {
        frame =
            p.pointee == UInt8(ascii: "{")
            ? enterObject(node, depth, p) : enterArray(node, depth, p)
        p = skipSpace(p + 1)
    }

    /// Turns to the next property or element of the open container.
    /// - Returns: False if it should be a property and none stands here.
    @inline(__always) private func readNext(
        _ p: inout Position, _ ends: inout UnsafePointer<UInt32>, _ frame: inout Frame,
        _ node: inout UnsafePointer<FieldNode>?, _ depth: Int, _ text: Position
    ) -> Bool {
        if frame.closing == UInt8(ascii: "}") { return readKey(&p, &ends, &frame, &node, text) }
        node = frame.hasElements ? element(depth, otherwise: frame.node) : frame.node
        return true
    }

    /// Reads a number, `true`, `false` or `null`.
    @inline(__always) private func readScalar(
        _ p: inout Position, _ node: UnsafePointer<FieldNode>?
    ) -> Bool {
        // Numbers begin below `:`, the words above.
        if p.pointee > UInt8(ascii: ":") { return readLiteral(&p, node) }
        let start = p
        guard let number = NumberToken.read(&p, scales) else { return false }
        if let node { readNumber(node, number, start, p) }
        return true
    }

    /// Reads a key and its colon, up to the value.
    /// - Parameter node: Becomes that of the property; `nil` if nobody names it.
    /// - Returns: False if there is no key or no colon.
    @inline(__always) private func readKey(
        _ p: inout Position, _ ends: inout UnsafePointer<UInt32>, _ frame: inout Frame,
        _ node: inout UnsafePointer<FieldNode>?, _ text: Position
    ) -> Bool {
        guard p.pointee == UInt8(ascii: "\"") else { return false }
        let key = p + 1
        guard var shape = frame.shape else {
            node = nil
            return readAnyKey(&p, &ends, text)
        }
        if KeyShape.stands(shape, at: key) || Self.lookAhead(&shape, key) {
            p = skipSpace(key + Int(shape.pointee.length))
            ends += 1
        } else {
            guard let next = learn(shape, &p, ends, of: frame.node, text) else { return false }
            ends = next
        }
        node = take(shape, &frame)
        return true
    }

    /// Finds a key that stands here further on among the expected ones: some were left out.
    ///
    /// So the expected keys become all that ever came, in their order, and records that have a part
    /// of them in that order need no look-up.
    @inline(never) private static func lookAhead(
        _ shape: inout UnsafeMutablePointer<KeyShape>, _ key: Position
    ) -> Bool {
        var later = shape
        for _ in 0..<KeyShape.lookAheadMax {
            guard later.pointee.step > 0 else { return false }
            later += 1
            if KeyShape.stands(later, at: key) {
                shape = later
                return true
            }
        }
        return false
    }

    /// Whether a comma and a quote stand here.
    @inline(__always) private static func continues(_ p: Position) -> Bool {
        UnsafeRawPointer(p).loadUnaligned(as: UInt16.self) == UInt16(littleEndian: 0x222C)
    }

    /// Turns to the property that was expected or has just been learned.
    /// - Returns: Its node; `nil` if nobody names it, or it stood there before.
    @inline(__always) private func take(
        _ shape: UnsafeMutablePointer<KeyShape>, _ frame: inout Frame
    ) -> UnsafePointer<FieldNode>? {
        frame.shape = (UnsafeMutableRawPointer(shape) + Int(shape.pointee.step))
            .assumingMemoryBound(to: KeyShape.self)
        guard let node = shape.pointee.node else { return nil }
        return markSeen(shape) ? node : repeatProperty(node)
    }

    /// Reads a key that nobody asks for.
    @inline(__always) private func readAnyKey(
        _ p: inout Position, _ ends: inout UnsafePointer<UInt32>, _ text: Position
    ) -> Bool {
        let end = text + Int(ends.pointee)
        guard end > p else { return false }
        ends += 1
        p = skipSpace(end + 1)
        guard p.pointee == UInt8(ascii: ":") else { return false }
        p = skipSpace(p + 1)
        return true
    }

    /// Notes that a property stands in its object.
    /// - Returns: False if it has stood there before.
    @inline(__always) private func markSeen(_ shape: UnsafePointer<KeyShape>) -> Bool {
        let word = shape.pointee.seenWord
        let bit = shape.pointee.seenBit
        if word.pointee & bit != 0 { return false }
        word.pointee |= bit
        return true
    }

    /// Looks up a key that is not the expected one, and expects it next time.
    /// - Returns: The next string end, with `p` behind the colon; `nil` if there is no key or colon.
    @inline(never) private func learn(
        _ shape: UnsafeMutablePointer<KeyShape>, _ p: inout Position,
        _ ends: UnsafePointer<UInt32>, of object: UnsafePointer<FieldNode>?, _ text: Position
    ) -> UnsafePointer<UInt32>? {
        let key = p + 1
        var next = ends
        guard let object, readAnyKey(&p, &next, text) else { return nil }
        let count = Int(ends.pointee) - (key - text)
        var name = key
        var nameCount = count
        shape.pointee.forget()
        if hasEscapes, Unescaping.isNeeded(key, count) {
            let resolved = columns.scratch.reserve(count)
            nameCount = Unescaping.resolve(key, count, into: resolved)
            name = Position(resolved)
        } else if key[count + 1] == UInt8(ascii: ":") {
            shape.pointee.expect(key, length: count + 2)
        }
        let found = table.tables.value(
            of: name, nameCount, in: object.pointee.properties, otherwise: .max)
        shape.pointee.node = found == .max ? nil : nodes + Int(found)
        if let node = shape.pointee.node {
            shape.pointee.seenWord = seen.base + Int(node.pointee.ownWord)
            shape.pointee.seenBit = node.pointee.ownBit
        }
        return next
    }

    /// Reads `true`, `false` or `null`.
    @inline(__always) private func readLiteral(
        _ p: inout Position, _ node: UnsafePointer<FieldNode>?
    ) -> Bool {
        let word = UInt32(truncatingIfNeeded: loadWord(p))
        switch word {
        case 0x6575_7274:  // true
            p += 4
            if let node { readBoolean(node, true) }
        case 0x736C_6166 where p[4] == UInt8(ascii: "e"):  // fals, e
            p += 5
            if let node { readBoolean(node, false) }
        case 0x6C6C_756E:  // null
            p += 4
            if let node { readNull(node) }
        default: return false
        }
        return true
    }

    @inline(__always) private func skipSpace(_ p: Position) -> Position {
        p.pointee > 0x20 ? p : Self.skipSpaces(p)
    }

    @inline(never) private static func skipSpaces(_ start: Position) -> Position {
        var p = start
        // 0x20, 0x09, 0x0A and 0x0D are all the space that JSON knows.
        while p.pointee <= 0x20, 0x1_0000_2600 >> UInt64(p.pointee) & 1 != 0 { p += 1 }
        return p
    }

    @inline(never) private func fault(
        _ what: String, _ p: Position, _ text: Position
    ) -> DeadLetterReason {
        forgetViolation()
        return .malformed(what, at: p - text)
    }

    @inline(never) private func tooDeep(_ p: Position, _ text: Position) -> DeadLetterReason {
        forgetViolation()
        return DeadLetterReason(
            .nestedTooDeep, path: "$",
            reason: "nested deeper than \(Limits.nestingMax) at byte \(p - text)")
    }
}
