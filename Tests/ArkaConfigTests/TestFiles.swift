import ArkaConfig
import ArkaModel
import Foundation

/// Files of tests: in memory, or those of the project by paths from its root.
enum TestFiles {
    /// The project's root.
    static let project = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The project's own files.
    static var onDisk: FileAccess {
        FileAccess(
            read: { path in
                let url = project.appending(path: path)
                guard let data = try? Data(contentsOf: url) else { return .failure(.missing) }
                return .success(Array(data))
            },
            list: { directory in
                let path = project.appending(path: directory).path
                guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
                    return .failure(.missing)
                }
                return .success(names)
            })
    }

    /// Files that exist only here.
    static func memory(_ texts: [String: String]) -> FileAccess {
        FileAccess(
            read: { path in
                texts[path].map { .success(Array($0.utf8)) } ?? .failure(.missing)
            },
            list: { directory in
                let prefix = directory == "." ? "" : directory
                let names = texts.keys.filter { $0.hasPrefix(prefix) }
                    .map { String($0.dropFirst(prefix.count)) }.filter { !$0.contains("/") }
                return names.isEmpty ? .failure(.missing) : .success(names)
            })
    }
}

extension FileFailure {
    static let missing = FileFailure("no such file")
}

/// What a user would see.
func rendered(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map { $0.rendered() }.joined()
}
