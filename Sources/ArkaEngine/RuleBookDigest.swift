import ArkaConfig
import ArkaModel
import ArkaSystem

/// Names a rule book by its texts: the first 16 hexadecimal digits of a SHA-256.
///
/// Over each rule file's name and text in order, then those of the files that lists come from, each
/// preceded by its length, so that no two different books run together to the same bytes. Decisions carry it, so an auditor can tell which rules
/// decided.
func ruleBookDigest(of rules: RulesSpec) -> String {
    var bytes: [UInt8] = []
    append(rules.sources, to: &bytes)
    // No length begins with a letter, so a list never passes for a rule file.
    if !rules.listFiles.isEmpty { bytes += "lists:".utf8 }
    append(rules.listFiles, to: &bytes)
    return String(hexadecimal(SHA256.digest(of: bytes)).prefix(16))
}

private func append(_ sources: [SourceText], to bytes: inout [UInt8]) {
    for source in sources {
        let name = source.name.utf8.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? []
        for part in [name, source.utf8] {
            bytes += "\(part.count):".utf8
            bytes += part
        }
    }
}
