import ArkaModel

/// A recursive parser over the bytes of one text. Everything is an index into them; nothing is
/// copied but the strings that are kept.
struct JSONParser {
    let source: SourceText
    let limits: JSONLimits
    /// The next byte to read.
    var index = 0
    /// Whether a name may stand twice in an object.
    var keepsRepeatedNames = false
    /// Whether U+FFFD stands for half of a surrogate pair.
    var replacesLoneSurrogates = false
    /// Faults that do not end the reading.
    var diagnostics: [Diagnostic] = []

    /// A fault at which reading ends.
    struct Fault: Error {
        let diagnostic: Diagnostic
    }

    init(source: SourceText, limits: JSONLimits) {
        self.source = source
        self.limits = limits
    }

    /// Reads the whole text.
    mutating func document() -> JSONDocument {
        do throws(Fault) {
            try checkText()
            let root = try value(depth: 0)
            skipSpace()
            if index < source.utf8.count {
                throw fault(
                    .jsonSyntax, "text after the end of the value", expected: "nothing more")
            }
            return JSONDocument(root: diagnostics.isEmpty ? root : nil, diagnostics: diagnostics)
        } catch {
            return JSONDocument(root: nil, diagnostics: diagnostics + [error.diagnostic])
        }
    }

    /// Refuses what no parser should look at.
    private func checkText() throws(Fault) {
        let bytes = source.utf8
        guard bytes.count <= limits.bytesMax else {
            throw fault(.jsonTooLarge, "the text is larger than \(limits.bytesMax) bytes")
        }
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            let place = SourceRange(error.byteOffsets.lowerBound, error.byteOffsets.upperBound)
            throw fault(.jsonEncoding, "the text is not valid UTF-8 here", at: place)
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw fault(
                .jsonSyntax, "the text begins with a byte order mark", expected: "a value",
                at: SourceRange(0, 3))
        }
    }

    /// Reads a value and the space before it.
    mutating func value(depth: Int) throws(Fault) -> JSONNode {
        skipSpace()
        switch byte {
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "\""):
            let start = index
            let text = try string()
            return JSONNode(.string(text), at: SourceRange(start, index))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "{"): return try object(depth: depth)
        default: throw fault(.jsonSyntax, "no value begins here", expected: "a value")
        }
    }

    private mutating func word(
        _ word: String, _ kind: JSONNode.Kind
    ) throws(Fault) -> JSONNode {
        let start = index
        guard source.utf8[index...].starts(with: word.utf8) else {
            throw fault(.jsonSyntax, "no value begins here", expected: "'\(word)'")
        }
        index += word.utf8.count
        return JSONNode(kind, at: SourceRange(start, index))
    }

    private mutating func array(depth: Int) throws(Fault) -> JSONNode {
        let start = try open(depth: depth)
        var elements: [JSONNode] = []
        if take(UInt8(ascii: "]")) { return JSONNode(.array([]), at: SourceRange(start, index)) }
        repeat {
            elements.append(try value(depth: depth + 1))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else {
            throw fault(.jsonSyntax, "the array goes on without a comma", expected: "',' or ']'")
        }
        return JSONNode(.array(elements), at: SourceRange(start, index))
    }

    private mutating func object(depth: Int) throws(Fault) -> JSONNode {
        let start = try open(depth: depth)
        var members: [JSONMember] = []
        // Bytes, not strings: two spellings of "é" are two names.
        var places: [[UInt8]: SourceRange] = [:]
        if take(UInt8(ascii: "}")) { return JSONNode(.object([]), at: SourceRange(start, index)) }
        repeat {
            let member = try member(depth: depth)
            if !keepsRepeatedNames,
                let first = places.updateValue(member.nameRange, forKey: Array(member.name.utf8))
            {
                try reportRepeated(member, first: first)
            }
            members.append(member)
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else {
            throw fault(.jsonSyntax, "the object goes on without a comma", expected: "',' or '}'")
        }
        return JSONNode(.object(members), at: SourceRange(start, index))
    }

    private mutating func member(depth: Int) throws(Fault) -> JSONMember {
        skipSpace()
        let start = index
        guard byte == UInt8(ascii: "\"") else {
            throw fault(.jsonSyntax, "no name begins here", expected: "a name in quotes")
        }
        let name = try string()
        let nameRange = SourceRange(start, index)
        skipSpace()
        guard take(UInt8(ascii: ":")) else {
            throw fault(.jsonSyntax, "the name has no value", expected: "':'")
        }
        return JSONMember(name, at: nameRange, try value(depth: depth + 1))
    }

    private mutating func reportRepeated(
        _ member: JSONMember, first: SourceRange
    ) throws(Fault) {
        let place = source.position(at: first.start)
        let repeated = Diagnostic(
            .jsonDuplicateName,
            "'\(shown(member.name))' is given twice, first at \(place.line):\(place.column)",
            expected: "each name once", in: source, at: member.nameRange)
        guard diagnostics.count + 1 < limits.diagnosticsMax else {
            throw Fault(diagnostic: repeated)
        }
        diagnostics.append(repeated)
    }

    /// Takes an opening bracket and the space behind it.
    private mutating func open(depth: Int) throws(Fault) -> Int {
        guard depth < limits.depthMax else {
            throw fault(.jsonTooDeep, "nested deeper than \(limits.depthMax) levels")
        }
        let start = index
        index += 1
        skipSpace()
        return start
    }
}
