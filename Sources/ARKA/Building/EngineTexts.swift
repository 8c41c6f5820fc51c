import ArkaConfig
import ArkaEngine
import ArkaModel

/// The texts of an engine as files, some of which are only in memory.
struct EngineTexts {
    private var inMemory: [String: [UInt8]] = [:]
    /// The files among them, which no text may stand in for.
    private let paths: Set<String>

    /// Prepares to take texts.
    /// - Parameter all: Everything that will be added.
    init(of all: [EngineText]) {
        paths = Set(all.compactMap { if case .file(let path) = $0 { path } else { nil } })
    }

    /// The name by which a text is read; texts of one name get different ones, and none that of a file.
    mutating func add(_ text: EngineText) -> String {
        switch text {
        case .file(let path): return path
        case .text(let text, let name):
            var unique = name
            var number = 1
            while inMemory[unique] != nil || paths.contains(unique) {
                number += 1
                unique = "\(name) (\(number))"
            }
            inMemory[unique] = Array(text.utf8)
            return unique
        }
    }

    /// Reads what is in memory from there, and all else from the machine's files.
    var files: FileAccess {
        let inMemory = inMemory
        let system = FileAccess.system
        return FileAccess(
            read: { path in inMemory[path].map { .success($0) } ?? system.read(path) },
            list: system.list)
    }
}
