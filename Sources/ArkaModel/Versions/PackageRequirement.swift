/// A package that a plugin needs, and in which versions: `aiohttp>=3.8.0`, as Python's packagers write it.
public struct PackageRequirement: Sendable, Hashable, CustomStringConvertible {
    /// The package's name as written.
    public let name: String
    /// The extras that are asked for: `standard` in `uvicorn[standard]>=0.20`.
    public let extras: [String]
    /// The versions; all of them where nothing is said.
    public let range: VersionRange

    /// Reads a requirement.
    /// - Throws: ``VersionProblem`` for anything else; conditions on the place of use (`; python_version
    ///   < "3.9"`) and addresses (`name @ https://…`) are refused, since nothing here could check them.
    public init(_ text: String) throws(VersionProblem) {
        guard !text.contains(";"), !text.contains("@") else {
            throw VersionProblem("a name and a range, without '@' and ';'")
        }
        let name = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
        let isWord = { (character: Character?) in
            character.map { $0.isLetter || $0.isNumber } ?? false
        }
        guard isWord(name.first), isWord(name.last), name.utf8.count <= 214 else {
            throw VersionProblem("a package and a range, such as aiohttp>=3.8.0")
        }
        var rest = text.dropFirst(name.count).drop { $0 == " " }
        var extras: [String] = []
        if rest.first == "[" {
            guard let end = rest.firstIndex(of: "]") else {
                throw VersionProblem("']' behind the extras")
            }
            extras = rest[rest.index(after: rest.startIndex)..<end].split(separator: ",").map {
                String($0.filter { $0 != " " })
            }
            rest = rest[rest.index(after: end)...].drop { $0 == " " }
        }
        self.name = String(name)
        self.extras = extras
        if rest.isEmpty {
            range = .any
        } else if let first = rest.first, "<>=!~^".contains(first) {
            range = try VersionRange(String(rest))
        } else {
            throw VersionProblem("a range behind the name, such as >=3.8.0")
        }
    }

    /// The name as packagers compare it: in lower case, `-` for every run of `-`, `_` and `.`.
    public var comparedName: String {
        name.lowercased().split { "-_.".contains($0) }.joined(separator: "-")
    }

    /// As a packager would write it.
    public var description: String {
        let words = extras.isEmpty ? "" : "[\(extras.joined(separator: ","))]"
        return name + words + (range == .any ? "" : range.description)
    }
}
