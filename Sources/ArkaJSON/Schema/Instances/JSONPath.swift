import ArkaModel

/// A step on the way to a value.
public enum JSONPathStep: Sendable, Hashable {
    /// Into a member of an object.
    case name(String)
    /// Into an element of a list, counted from zero.
    case index(Int)
}

extension [JSONPathStep] {
    /// The way as people write it, such as `lists[0].name`; empty for the whole value. Names are cut and
    /// cleared of control characters.
    public var dotted: String {
        reduce(into: "") { text, step in
            switch step {
            case .name(let name): text += text.isEmpty ? shown(name) : "." + shown(name)
            case .index(let index): text += "[\(index)]"
            }
        }
    }

    /// The way as a JSON Pointer (RFC 6901), such as `/lists/0/name`; empty for the whole value.
    public var pointer: String {
        reduce(into: "") { text, step in
            switch step {
            case .name(let name): text += "/" + name.pointerToken
            case .index(let index): text += "/\(index)"
            }
        }
    }
}

extension String {
    /// The text as a step of a JSON Pointer: `~` and `/` escaped.
    var pointerToken: String {
        var token = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar {
            case "~": token.append(contentsOf: "~0".unicodeScalars)
            case "/": token.append(contentsOf: "~1".unicodeScalars)
            default: token.append(scalar)
            }
        }
        return String(token)
    }
}
