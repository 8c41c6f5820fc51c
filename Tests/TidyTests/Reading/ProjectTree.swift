import Foundation

/// The project's own files, as the tidy tests read them.
enum ProjectTree {
    /// The folder with `Package.swift`.
    static let root: URL = {
        var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        while !FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path)
        {
            folder.deleteLastPathComponent()
        }
        return folder
    }()

    /// The text of a file, named from the root.
    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// All Swift files below a folder, in a fixed order.
    static func swiftFiles(below folder: String) throws -> [SourceFile] {
        try files(below: folder, endings: ["swift"]).map { path in
            SourceFile(path: path, text: try text(path))
        }
    }

    /// Paths of all files below a folder with one of the endings, from the root.
    static func files(below folder: String, endings: Set<String>) -> [String] {
        let base = root.appending(path: folder).path
        let found = FileManager.default.enumerator(atPath: base)?.compactMap { $0 as? String } ?? []
        return
            found
            .filter { endings.contains(($0 as NSString).pathExtension) }
            .map { folder + "/" + $0 }
            .sorted()
    }

    /// Names of the folders directly inside a folder.
    static func folders(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            at: root.appending(path: folder), includingPropertiesForKeys: [.isDirectoryKey]
        )
        .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
        .map(\.lastPathComponent)
        .sorted()
    }
}
