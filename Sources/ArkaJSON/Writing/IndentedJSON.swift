/// Writes a JSON text anew for people: a line for each member and element, two spaces for each level, and a
/// line end behind all of it. Arrays of plain values without any structure in them stay on one line where
/// they are short.
/// - Parameter json: A JSON text without spaces between its tokens, as ``JSONWriter`` writes it.
public func indentedJSON(_ json: [UInt8]) -> [UInt8] {
    var indenter = JSONIndenter(json)
    indenter.run()
    return indenter.output
}

private struct JSONIndenter {
    private let json: [UInt8]
    private var depth = 0
    private(set) var output: [UInt8] = []

    /// Arrays up to this length stay on their line.
    private static let lineMax = 72

    init(_ json: [UInt8]) { self.json = json }

    mutating func run() {
        var index = 0
        while index < json.count {
            switch json[index] {
            case UInt8(ascii: "\""): index = copy(through: endOfString(from: index), from: index)
            case UInt8(ascii: "["):
                if let end = endOfPlainArray(from: index) {
                    copyPlainArray(index..<end)
                    index = end
                } else {
                    index = open(at: index)
                }
            case UInt8(ascii: "{"): index = open(at: index)
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                breakLine()
                output.append(json[index])
                index += 1
            case UInt8(ascii: ","):
                output.append(json[index])
                breakLine()
                index += 1
            case UInt8(ascii: ":"):
                output += Array(": ".utf8)
                index += 1
            default:
                output.append(json[index])
                index += 1
            }
        }
        output.append(UInt8(ascii: "\n"))
    }

    /// Opens an object or an array; an empty one is closed at once.
    private mutating func open(at index: Int) -> Int {
        output.append(json[index])
        if index + 1 < json.count,
            json[index + 1] == UInt8(ascii: "}") || json[index + 1] == UInt8(ascii: "]")
        {
            output.append(json[index + 1])
            return index + 2
        }
        depth += 1
        breakLine()
        return index + 1
    }

    private mutating func breakLine() {
        output.append(UInt8(ascii: "\n"))
        output += [UInt8](repeating: UInt8(ascii: " "), count: 2 * depth)
    }

    private mutating func copy(through end: Int, from start: Int) -> Int {
        output += json[start..<end]
        return end
    }

    private mutating func copyPlainArray(_ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            if json[index] == UInt8(ascii: "\"") {
                index = copy(through: endOfString(from: index), from: index)
                continue
            }
            output.append(json[index])
            if json[index] == UInt8(ascii: ",") { output.append(UInt8(ascii: " ")) }
            index += 1
        }
    }

    /// Where the string that begins at a place ends.
    private func endOfString(from start: Int) -> Int {
        var index = start + 1
        while index < json.count, json[index] != UInt8(ascii: "\"") {
            index += json[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(index + 1, json.count)
    }

    /// Where an array of plain values ends; `nil` for one with structure in it, and for a long one.
    private func endOfPlainArray(from start: Int) -> Int? {
        var index = start + 1
        while index < json.count, index - start <= Self.lineMax {
            switch json[index] {
            case UInt8(ascii: "\""): index = endOfString(from: index)
            case UInt8(ascii: "]"): return index + 1
            case UInt8(ascii: "["), UInt8(ascii: "{"): return nil
            default: index += 1
            }
        }
        return nil
    }
}
