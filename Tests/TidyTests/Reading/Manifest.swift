/// What `Package.swift` says of each target.
struct Manifest {
    struct Entry {
        /// The helper that declares it: `target`, `cTarget`, `system`, `tests`, `fixture`, …
        let kind: String
        let name: String
        let isUnsafe: Bool
        let imports: Set<String>
    }

    let entries: [Entry]

    init() throws {
        self.init(text: try ProjectTree.text("Package.swift"))
    }

    init(text: String) {
        let list = text.components(after: "targets: [")
        let pattern = /(?<kind>\w+)\(\s*"(?<name>\w+)"(?<rest>[^()]*)\)/
        entries = list.matches(of: pattern).map { match in
            let rest = String(match.output.rest)
            let imports = rest.components(after: "imports: [").prefix { $0 != "]" }
                .matches(of: /"(\w+)"/).map { String($0.1) }
            return Entry(
                kind: String(match.output.kind), name: String(match.output.name),
                isUnsafe: rest.contains(".unsafe"), imports: Set(imports))
        }
    }

    /// The targets whose sources stand in `Sources` and hold Swift.
    var sourceTargets: [Entry] {
        entries.filter {
            !["system", "cTarget", "cxxTarget", "tests", "fixture"].contains($0.kind)
        }
    }

    /// The test targets and the programs that tests run.
    var testTargets: [Entry] { entries.filter { ["tests", "fixture"].contains($0.kind) } }

    /// The folder of a target's sources.
    func folder(of entry: Entry) -> String {
        switch entry.kind {
        case "tests": "Tests/" + entry.name
        case "fixture": "Tests/Fixtures/" + entry.name
        default: "Sources/" + entry.name
        }
    }
}

extension String {
    /// What stands behind the first occurrence of a text; empty without one.
    fileprivate func components(after text: String) -> String {
        guard let range = firstRange(of: text) else { return "" }
        return String(self[range.upperBound...])
    }
}
