import ArkaJSON
import ArkaModel

/// The JSON object in which a side says what it did.
struct SideReport {
    private let root: JSONNode?

    /// Parses it; a text that is none has no members.
    init(_ bytes: [UInt8], name: String) {
        root = parseJSON(SourceText(name: name, utf8: bytes)).root
    }

    /// A whole number; 0 if it is not there.
    func integer(_ path: String...) -> Int {
        if case .number(let text) = node(path)?.kind { Int(text) ?? 0 } else { 0 }
    }

    /// A time that is written in seconds; zero if it is not there.
    func seconds(_ path: String...) -> Duration {
        guard case .number(let text) = node(path)?.kind, let value = Double(text) else {
            return .zero
        }
        return .seconds(value)
    }

    /// The scalar members of an object, by name.
    func scalars(_ path: String...) -> [(name: String, value: String)] {
        guard case .object(let members) = node(path)?.kind else { return [] }
        return members.compactMap { member in
            switch member.value.kind {
            case .string(let text), .number(let text): (member.name, text)
            default: nil
            }
        }
    }

    private func node(_ path: [String]) -> JSONNode? {
        path.reduce(root) { $0?[$1] }
    }
}
