import ArkaModel

/// The directory of a document: paths in the document are relative to it.
struct DocumentFolder {
    let files: FileAccess
    /// The directory with its slash; empty for the working directory.
    private let prefix: String

    init(of documentPath: String, files: FileAccess) {
        self.files = files
        prefix = FilePattern(documentPath).directory
    }

    /// The path by which the program reaches a file that the document names.
    func path(_ written: String) -> String {
        var rest = written[...]
        while rest.hasPrefix("./") { rest = rest.dropFirst(2) }
        return rest.hasPrefix("/") ? String(rest) : prefix + rest
    }

    /// Reads a file that a document names.
    func text(_ path: String, namedAt place: SourcePlace) -> Result<SourceText, LoadRefusal> {
        switch files.read(path) {
        case .success(let bytes): .success(SourceText(name: path, utf8: bytes))
        case .failure(let failure):
            .failure(
                LoadRefusal(
                    Diagnostic(
                        .configFile, "cannot read '\(shown(path))': \(failure.reason)", at: place)))
        }
    }

    /// The files that a path or pattern means, in the order of their bytes.
    func paths(_ written: String, namedAt place: SourcePlace) -> Result<[String], LoadRefusal> {
        let pattern = FilePattern(path(written))
        if pattern.hasWildcardInDirectory {
            return .failure(
                LoadRefusal(
                    Diagnostic(
                        .configNoFiles, "'\(shown(written))' has a wildcard before its last part",
                        expected: "wildcards in the last part only", at: place)))
        }
        guard pattern.isPattern else { return .success([pattern.directory + pattern.name]) }
        let directory = pattern.directory.isEmpty ? "." : pattern.directory
        switch files.list(directory) {
        case .failure(let failure):
            return .failure(
                LoadRefusal(
                    Diagnostic(
                        .configFile, "cannot list '\(shown(directory))': \(failure.reason)",
                        at: place)))
        case .success(let names):
            let found = names.filter(pattern.matches).sorted {
                $0.utf8.lexicographicallyPrecedes($1.utf8)
            }
            guard !found.isEmpty else {
                return .failure(
                    LoadRefusal(
                        Diagnostic(
                            .configNoFiles, "no file matches '\(shown(written))'",
                            expected: "at least one", at: place)))
            }
            return .success(found.map { pattern.directory + $0 })
        }
    }
}

/// Why a file cannot be used.
struct LoadRefusal: Error {
    let diagnostic: Diagnostic

    init(_ diagnostic: Diagnostic) {
        self.diagnostic = diagnostic
    }
}
