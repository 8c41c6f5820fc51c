import Testing

@Suite struct ImportTests {
    private let manifest: Manifest

    init() throws { manifest = try Manifest() }

    @Test func `every declared import is used and every used one is declared`() throws {
        #expect(manifest.sourceTargets.count > 5, "Package.swift was not understood")
        for entry in manifest.sourceTargets {
            let used = try imports(of: entry).subtracting(AllowedImports.toolchain)
            #expect(used.subtracting(entry.imports) == [], "\(entry.name) does not declare them")
            #expect(entry.imports.subtracting(used) == [], "\(entry.name) does not use them")
        }
    }

    @Test func `tests declare what they import`() throws {
        for entry in manifest.testTargets {
            let used = try imports(of: entry).subtracting(AllowedImports.toolchainForTests)
            #expect(used.subtracting(entry.imports) == [], "\(entry.name) does not declare them")
        }
    }

    @Test func `imports follow the arrows of the architecture`() {
        for entry in manifest.sourceTargets {
            let forbidden = entry.imports.filter { !AllowedImports.mayImport(entry.name, $0) }
            #expect(forbidden == [], "\(entry.name): a new arrow needs a decision record")
        }
    }

    @Test func `the table itself points downwards and keeps stages apart`() {
        for (target, imported) in AllowedImports.table {
            #expect(!reaches(target, from: imported), "\(target) would import itself")
            if AllowedImports.stages.contains(target) {
                #expect(imported.isDisjoint(with: AllowedImports.stages), "\(target)")
            }
        }
    }

    @Test func `each C library is imported by one target`() {
        let libraries = manifest.entries.filter { $0.kind == "system" }.map(\.name)
        for library in libraries {
            let users = manifest.sourceTargets.filter { $0.imports.contains(library) }.map(\.name)
            #expect(users.count <= 1, "\(library) is imported by \(users)")
        }
    }

    @Test func `a manifest's entry is read with its fence and its imports`() throws {
        let manifest = Manifest(
            text: """
                targets: [
                    system("CX", "x", apt: "libx-dev"),
                    target(
                        "A", .unsafe,
                        imports: ["B", "CX"]),
                    tests("ATests", imports: ["A"]),
                ]
                """)
        #expect(manifest.entries.map(\.name) == ["CX", "A", "ATests"])
        let target = try #require(manifest.sourceTargets.first)
        #expect(target.isUnsafe)
        #expect(target.imports == ["B", "CX"])
    }

    private func imports(of entry: Manifest.Entry) throws -> Set<String> {
        let pattern =
            /^\s*(?:@\w+\s+)*(?:(?:public|package|internal|private|fileprivate)\s+)?import\s+(?:(?:struct|class|enum|func|protocol|typealias|let|var)\s+)?(\w+)/
        var found: Set<String> = []
        for file in try ProjectTree.swiftFiles(below: manifest.folder(of: entry)) {
            for line in file.codeLines {
                if let match = line.firstMatch(of: pattern) { found.insert(String(match.1)) }
            }
        }
        return found
    }

    private func reaches(_ target: String, from imported: Set<String>) -> Bool {
        imported.contains(target)
            || imported.contains { reaches(target, from: AllowedImports.table[$0, default: []]) }
    }
}
