import ArkaModel

/// The files of a plugin's folder, as far as they are looked through: links, names with a leading dot,
/// and folders of what was built or installed are passed over.
struct ProjectFiles {
    /// The bounds of what is looked through.
    enum Bounds {
        static let entriesMax = 5_000
        static let depthMax = 12
        static let fileBytesMax = 1 << 20
        static let bytesMax = 32 << 20
    }

    /// The folder with its slash; empty for the working directory.
    let folder: String
    /// The paths of all files, from the folder on, in the order of their bytes.
    private(set) var paths: [String] = []
    /// What is in those that hold code or settings, by the same paths.
    private(set) var texts: [String: SourceText] = [:]
    /// Whether there was more than what is looked through.
    private(set) var isCut = false

    private let access: FileAccess
    private var bytesLeft = Bounds.bytesMax

    init(below folder: String, _ access: FileAccess) {
        self.folder =
            folder == "." || folder.isEmpty ? "" : folder.hasSuffix("/") ? folder : folder + "/"
        self.access = access
        collect()
        paths.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Files with code: what a plugin's author wrote, tests excluded.
    var code: [(path: String, text: SourceText)] {
        texts.filter {
            ($0.key.hasSuffix(".py") || $0.key.hasSuffix(".swift")) && !Self.isTest($0.key)
        }
        .map { ($0.key, $0.value) }.sorted { $0.path < $1.path }
    }

    /// Files in which literals stand behind names: code, and settings of tools.
    var literals: [(path: String, text: SourceText)] {
        let ending = [".py", ".swift", ".toml", ".json"]
        return texts.filter { path, _ in
            ending.contains(where: path.hasSuffix) && !Self.isTest(path)
        }.map { ($0.key, $0.value) }.sorted { $0.path < $1.path }
    }

    /// Documents of the folder `config`, where defaults are.
    var settings: [(path: String, text: SourceText)] {
        texts.filter { path, _ in
            path.hasPrefix("config/") && (path.hasSuffix(".yaml") || path.hasSuffix(".yml"))
        }.map { ($0.key, $0.value) }.sorted { $0.path < $1.path }
    }

    /// Whether a file holds tests.
    static func isTest(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        let name = parts.last ?? ""
        return parts.dropLast().contains { ["tests", "test", "Tests"].contains($0) }
            || name.hasPrefix("test_") || name.hasSuffix("_test.py")
            || name.hasSuffix("Tests.swift")
    }

    private static let ending = [".py", ".swift", ".yaml", ".yml", ".toml", ".json"]
    private static let passedOver: Set = [
        "__pycache__", "node_modules", "build", "dist", "venv", "env", "site-packages",
    ]

    private mutating func collect() {
        var waiting = [(path: "", depth: 0)]
        var entriesLeft = Bounds.entriesMax
        var next = 0
        // From the outside in: what is deepest is looked at last.
        while next < waiting.count {
            let (parent, depth) = waiting[next]
            next += 1
            guard case .success(let names) = access.list(parent.isEmpty ? here : folder + parent)
            else {
                continue
            }
            for name in names.sorted() where !name.hasPrefix(".") && !Self.passedOver.contains(name)
            {
                entriesLeft -= 1
                guard entriesLeft >= 0 else {
                    isCut = true
                    return
                }
                let path = parent + name
                if access.isLink(folder + path) { continue }
                if Self.ending.contains(where: name.hasSuffix) {
                    read(path)
                } else if depth < Bounds.depthMax, case .success = access.list(folder + path) {
                    waiting.append((path + "/", depth + 1))
                } else {
                    paths.append(path)
                }
            }
        }
    }

    private var here: String { folder.isEmpty ? "." : folder }

    private mutating func read(_ path: String) {
        paths.append(path)
        guard case .success(let bytes) = access.read(folder + path) else { return }
        guard bytes.count <= min(Bounds.fileBytesMax, bytesLeft) else {
            isCut = true
            return
        }
        bytesLeft -= bytes.count
        texts[path] = SourceText(name: folder + path, utf8: bytes)
    }
}
