import ArkaDocuments
import ArkaModel

/// A path as a document names it.
struct NamedPath {
    /// The path as written.
    let written: String
    /// Where it stands.
    let place: SourcePlace
    /// Whether it came from the environment, so that messages do not show it.
    let isFromEnvironment: Bool

    init(_ written: String, at key: String, in document: Document<some Sendable>) {
        self.written = written
        place = document.place(of: key)
        isFromEnvironment = document.environmentPaths.contains(key)
    }

    /// The path for a message.
    var words: String { isFromEnvironment ? "what stands here" : "'\(shown(written))'" }
}

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
    func text(_ path: String, for named: NamedPath) -> Result<SourceText, LoadRefusal> {
        switch files.read(path) {
        case .success(let bytes): .success(SourceText(name: path, utf8: bytes))
        case .failure(let failure):
            refusal(.configFile, "cannot read \(named.words): \(failure.reason)", for: named)
        }
    }

    /// The files that a path or pattern means, in the order of their bytes.
    func paths(_ named: NamedPath) -> Result<[String], LoadRefusal> {
        let pattern = FilePattern(path(named.written))
        if pattern.hasWildcardInDirectory {
            return refusal(
                .configNoFiles, "\(named.words) has a wildcard before its last part",
                expected: "wildcards in the last part only", for: named)
        }
        guard pattern.isPattern else { return .success([pattern.directory + pattern.name]) }
        switch files.list(pattern.directory.isEmpty ? "." : pattern.directory) {
        case .failure(let failure):
            return refusal(
                .configFile, "cannot list the directory of \(named.words): \(failure.reason)",
                for: named)
        case .success(let names):
            let found = names.filter(pattern.matches).sorted {
                $0.utf8.lexicographicallyPrecedes($1.utf8)
            }
            guard !found.isEmpty else {
                return refusal(
                    .configNoFiles, "no file matches \(named.words)", expected: "at least one",
                    for: named)
            }
            return .success(found.map { pattern.directory + $0 })
        }
    }

    private func refusal<Value>(
        _ code: DiagnosticCode, _ message: String, expected expectation: String? = nil,
        for named: NamedPath
    ) -> Result<Value, LoadRefusal> {
        .failure(
            LoadRefusal(Diagnostic(code, message, expected: expectation, at: named.place)))
    }
}

/// Why a file cannot be used.
struct LoadRefusal: Error {
    let diagnostic: Diagnostic

    init(_ diagnostic: Diagnostic) {
        self.diagnostic = diagnostic
    }
}

extension Diagnostic {
    /// A file that a command names cannot be read.
    static func unreadable(_ path: String, _ failure: FileFailure) -> Diagnostic {
        Diagnostic(
            .configFile, "cannot read '\(shown(path))': \(failure.reason)",
            in: SourceText(name: path, text: ""), at: SourceRange(0, 0))
    }
}
