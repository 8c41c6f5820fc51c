import ArkaModel
import ArkaSystem

/// Names a rule book by its texts: the first 16 hexadecimal digits of a SHA-256.
///
/// Over each file's name and text in order, each preceded by its length, so that no two different
/// books run together to the same bytes. Decisions carry it, so an auditor can tell which rules
/// decided.
func ruleBookDigest(of sources: [SourceText]) -> String {
    var bytes: [UInt8] = []
    for source in sources {
        let name = source.name.utf8.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? []
        for part in [name, source.utf8] {
            bytes += "\(part.count):".utf8
            bytes += part
        }
    }
    return String(hexadecimal(SHA256.digest(of: bytes)).prefix(16))
}
