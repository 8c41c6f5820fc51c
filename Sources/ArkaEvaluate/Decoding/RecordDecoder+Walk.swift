import ArkaModel
import ArkaStream

/// Every `p` below is a position in the record or at most in its padding of zeros. Zero is no token,
/// so each loop ends there at the latest.
typealias Position = UnsafePointer<UInt8>

extension RecordDecoder {
    /// Reads a whole record, from the first byte to the last.
    /// - Parameter ends: Where its strings end, in order, then a zero.
    /// - Returns: Why it is not JSON; `nil` if it is.
    func walk(_ text: Position, _ count: Int, _ stringEnds: UnsafePointer<UInt32>)
        -> DeadLetterReason?
    {
        var p = skipSpace(text)
        var ends = stringEnds
        var frame = Frame()
        var depth = 0
        var node = 0
        reading: while true {
            // A value begins at `p`; it is that of `node`, if that is not negative.
            switch p.pointee {
            case UInt8(ascii: "\""):
                let end = text + Int(ends.pointee)
                guard end > p else { return fault("string without an end", p, text) }
                ends += 1
                if node >= 0 { readString(nodes + node, p + 1, end) }
                p = end + 1
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                guard depth < Limits.nestingMax else { return tooDeep(p, text) }
                frames.base[depth] = frame
                depth += 1
                let isObject = p.pointee == UInt8(ascii: "{")
                frame = isObject ? enterObject(node) : enterArray(node, depth)
                p = skipSpace(p + 1)
                if p.pointee == frame.closing { break }
                if isObject {
                    guard let next = readKey(&p, &ends, &frame, text) else {
                        return fault("expected a property name and a colon", p, text)
                    }
                    node = next
                } else {
                    node = Int(frame.node)
                }
                continue reading
            case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"):
                guard readLiteral(&p, node) else { return fault("expected a value", p, text) }
            default:
                let start = p
                guard let number = NumberToken.read(&p, scales) else {
                    return fault("expected a value", p, text)
                }
                if node >= 0 { readNumber(nodes + node, number, start, p) }
            }
            // A value has ended; so may containers.
            while true {
                p = skipSpace(p)
                guard depth > 0 else { break reading }
                if p.pointee == UInt8(ascii: ",") {
                    p = skipSpace(p + 1)
                    if frame.closing == UInt8(ascii: "}") {
                        guard let next = readKey(&p, &ends, &frame, text) else {
                            return fault("expected a property name and a colon", p, text)
                        }
                        node = next
                    } else {
                        node = Int(frame.node)
                        if node >= 0 { indices.base[depth] += 1 }
                    }
                    continue reading
                }
                guard p.pointee == frame.closing else {
                    return fault("expected a comma or a closing bracket", p, text)
                }
                if frame.shape != nil { leaveObject(Int(frame.node)) }
                p += 1
                depth -= 1
                frame = frames.base[depth]
            }
        }
        return p == text + count ? nil : fault("more after the value", p, text)
    }

    /// Reads a key and its colon, up to the value.
    /// - Returns: The node of the property; -1 if nobody names it; `nil` if there is no key.
    @inline(__always) private func readKey(
        _ p: inout Position, _ ends: inout UnsafePointer<UInt32>, _ frame: inout Frame,
        _ text: Position
    ) -> Int? {
        guard p.pointee == UInt8(ascii: "\"") else { return nil }
        let key = p + 1
        var node = -1
        if let shape = frame.shape {
            if !KeyShape.stands(shape, at: key) {
                let end = text + Int(ends.pointee)
                guard end > p else { return nil }
                learn(shape, key, end, of: Int(frame.node))
            }
            p = key + Int(shape.pointee.length) + 1
            node = Int(shape.pointee.node)
            // The last place is shared, so it never moves past it.
            let last = shapes.base + Int(nodes[Int(frame.node)].shapes) + (KeyShape.perObject - 1)
            frame.shape = shape < last ? shape + 1 : last
            if node >= 0 { node = markSeen(node) }
        } else {
            let end = text + Int(ends.pointee)
            guard end > p else { return nil }
            p = end + 1
        }
        ends += 1
        p = skipSpace(p)
        guard p.pointee == UInt8(ascii: ":") else { return nil }
        p = skipSpace(p + 1)
        return node
    }

    /// Notes that a property stands in its object.
    @inline(__always) private func markSeen(_ node: Int) -> Int {
        let word = seen.base + Int(nodes[node].ownWord)
        let bit = nodes[node].ownBit
        if word.pointee & bit != 0 { return repeatProperty(node) }
        word.pointee |= bit
        return node
    }

    /// Looks up a key that is not the expected one, and expects it next time.
    @inline(never) private func learn(
        _ shape: UnsafeMutablePointer<KeyShape>, _ key: Position, _ end: Position, of object: Int
    ) {
        let count = end - key
        let isEscaped = hasEscapes && Unescaping.isNeeded(key, count)
        var name = key
        var nameCount = count
        if isEscaped {
            let resolved = columns.scratch.reserve(count)
            nameCount = Unescaping.resolve(key, count, into: resolved)
            name = Position(resolved)
        }
        let found = table.tables.value(
            of: name, nameCount, in: nodes[object].properties, otherwise: .max)
        let node = found == .max ? -1 : Int32(found)
        shape.pointee =
            isEscaped
            ? KeyShape(escapedKeyOfLength: count, node: node)
            : KeyShape(key: key, length: count, node: node)
    }

    /// Reads `true`, `false` or `null`.
    @inline(__always) private func readLiteral(_ p: inout Position, _ node: Int) -> Bool {
        let word = UInt32(truncatingIfNeeded: loadWord(p))
        switch word {
        case 0x6575_7274:  // true
            p += 4
            if node >= 0 { readBoolean(nodes + node, true) }
        case 0x736C_6166 where p[4] == UInt8(ascii: "e"):  // fals, e
            p += 5
            if node >= 0 { readBoolean(nodes + node, false) }
        case 0x6C6C_756E:  // null
            p += 4
            if node >= 0 { readNull(nodes + node) }
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
        violation = nil
        return .malformed(what, at: p - text)
    }

    @inline(never) private func tooDeep(_ p: Position, _ text: Position) -> DeadLetterReason {
        violation = nil
        return DeadLetterReason(
            .nestedTooDeep, path: "$",
            reason: "nested deeper than \(Limits.nestingMax) at byte \(p - text)")
    }
}
