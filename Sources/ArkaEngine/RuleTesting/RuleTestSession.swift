public import ArkaConfig
import ArkaModel

/// Runs files of rule tests; each book of rules is read once.
public struct RuleTestSession {
    private let files: FileAccess
    private let environment: [String: String]
    private let plugins: LinkedPlugins
    private var books: [TestedRules: LoadedBook] = [:]
    /// The books in the order in which they were first tested.
    private var tested: [TestedBook] = []

    /// How far up the nearest topology is looked for; more folders have no one topology.
    private static let foldersMax = 16

    private struct LoadedBook {
        let book: TestedBook?
        let diagnostics: [Diagnostic]
    }

    /// Prepares a session.
    /// - Parameters:
    ///   - files: How files are read.
    ///   - environment: What `${NAME}` stands for in topologies.
    ///   - plugins: The plugins that topologies may use; none of them is called.
    public init(
        files: FileAccess, environment: [String: String], plugins: LinkedPlugins = LinkedPlugins()
    ) {
        self.files = files
        self.environment = environment
        self.plugins = plugins
    }

    /// Which rules were true in a test, for each book that was tested.
    public var coverage: [RuleCoverage] { tested.map(\.coverage) }

    /// Runs the tests of a file.
    public mutating func run(_ path: String) -> RuleTestFileResult {
        let loaded = loadRuleTests(path: path, files: files)
        guard let file = loaded.value else {
            return RuleTestFileResult(path: path, tests: [], diagnostics: loaded.diagnostics)
        }
        let rules = resolved(file.rules, path)
        let isNew = books[rules] == nil
        let loadedBook = book(rules)
        // What is wrong with a book is said once, however many files test it.
        var diagnostics = loaded.diagnostics + (isNew ? loadedBook.diagnostics : [])
        guard let book = loadedBook.book else {
            return RuleTestFileResult(path: path, tests: [], diagnostics: diagnostics)
        }
        let faults = faults(in: file, against: book.topology)
        diagnostics += faults
        return RuleTestFileResult(
            path: path, tests: faults.isEmpty ? file.tests.map(book.run) : [],
            diagnostics: diagnostics)
    }

    private mutating func book(_ rules: TestedRules) -> LoadedBook {
        if let known = books[rules] { return known }
        let name: String
        let loaded: Loaded<TopologySpec>
        switch rules {
        case .topology(let path):
            name = path
            loaded = loadTopology(
                path: path, environment: environment, plugins: plugins, files: files)
        case .files(let set):
            name = set.rules.joined(separator: " ")
            loaded = loadRuleFiles(set, files: files)
        case .nearestTopology: preconditionFailure("it was looked for")
        }
        let book = loaded.value.flatMap { TestedBook(name, $0) }
        if let book { tested.append(book) }
        let result = LoadedBook(book: book, diagnostics: loaded.diagnostics)
        books[rules] = result
        return result
    }

    /// Finds the topology in the nearest folder above a file; where there is none, the one beside the
    /// file is named in the message.
    private func resolved(_ rules: TestedRules, _ path: String) -> TestedRules {
        guard rules == .nearestTopology else { return rules }
        var folder = path.folder
        for _ in 0..<Self.foldersMax {
            let candidate = folder + "topology.yaml"
            if case .success = files.read(candidate) { return .topology(candidate) }
            guard let above = folder.folderAbove else { break }
            folder = above
        }
        return .topology(path.folder + "topology.yaml")
    }
}

extension String {
    /// The folder of a path with its slash; empty for the working directory.
    fileprivate var folder: String {
        lastIndex(of: "/").map { String(self[...$0]) } ?? ""
    }

    /// The folder above a folder; `nil` above the root.
    fileprivate var folderAbove: String? {
        if self == "/" { return nil }
        let parts = split(separator: "/")
        guard let last = parts.last, last != "..", last != "." else { return self + "../" }
        return String(dropLast()).folder
    }
}
