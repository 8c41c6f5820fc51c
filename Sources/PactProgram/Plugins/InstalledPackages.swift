import ArkaConfig
import ArkaModel
import ArkaSystem

/// A language that plugins are written in, as it is installed: its version, and its packages.
struct InstalledRuntime {
    /// Its version, as it says itself.
    let version: String
    /// Directories where packages are.
    var packageDirectories: [String] = []
}

/// Asks Python where it is and where its packages are. No package is loaded: their folders are read.
struct InstalledPython {
    /// How long it may take to answer.
    static let limit = Duration.seconds(10)

    /// Isolated: neither the working directory nor the environment decides what runs.
    private static let question = """
        import sys
        print(".".join(map(str, sys.version_info[:3])))
        for path in sys.path:
            if path.endswith(("site-packages", "dist-packages")): print(path)
        """

    /// What a program answers; or why it does not.
    static func ask(_ program: String) -> Result<InstalledRuntime, ProgramFailure> {
        answer(of: program, ["-I", "-c", question], within: limit).flatMap { lines in
            guard let version = lines.first, PythonVersion(version) != nil else {
                return .failure(ProgramFailure("'\(program)' does not say its version"))
            }
            return .success(
                InstalledRuntime(version: version, packageDirectories: Array(lines.dropFirst())))
        }
    }

    /// The version of each package by the name that packagers compare, as `*.dist-info` folders say. The
    /// first directory that has a package wins, as it does for Python.
    static func packages(in directories: [String], _ files: FileAccess) -> [String: String] {
        var found: [String: String] = [:]
        for directory in directories {
            guard case .success(let names) = files.list(directory) else { continue }
            for name in names.sorted() where name.hasSuffix(".dist-info") {
                guard case .success(let bytes) = files.read("\(directory)/\(name)/METADATA"),
                    let package = package(String(decoding: bytes.prefix(64 << 10), as: UTF8.self)),
                    found[package.name] == nil
                else { continue }
                found[package.name] = package.version
            }
        }
        return found
    }

    /// Name and version as the head of a package's metadata has them.
    private static func package(_ metadata: String) -> (name: String, version: String)? {
        var fields: [String: String] = [:]
        for line in metadata.split(whereSeparator: \.isNewline).prefix(200) {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, fields[String(parts[0])] == nil else { continue }
            fields[String(parts[0])] = String(parts[1].drop { $0 == " " })
        }
        guard let name = fields["Name"], let version = fields["Version"],
            let requirement = try? PackageRequirement(name)
        else { return nil }
        return (requirement.comparedName, version)
    }
}

/// Asks the Swift toolchain for its version.
struct InstalledSwift {
    static func ask() -> Result<InstalledRuntime, ProgramFailure> {
        answer(of: "swift", ["--version"], within: .seconds(10)).flatMap { lines in
            let words = lines.joined(separator: " ").split(separator: " ")
            guard let mark = words.firstIndex(of: "version"), mark + 1 < words.count else {
                return .failure(ProgramFailure("'swift' does not say its version"))
            }
            return .success(InstalledRuntime(version: String(words[mark + 1])))
        }
    }
}

/// Why a program did not answer.
struct ProgramFailure: Error, Hashable {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

/// What tools are found by and find their own parts by.
private let toolVariables: Set = [
    "HOME", "LANG", "LC_ALL", "PATH", "PYENV_ROOT", "PYENV_VERSION", "PYTHONHOME", "PYTHONPATH",
    "TMPDIR", "VIRTUAL_ENV",
]

/// The lines that a program prints; what it says to standard error is dropped.
private func answer(
    of program: String, _ arguments: [String], within limit: Duration
) -> Result<[String], ProgramFailure> {
    do {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let output = try ChildOutput(path: directory.file("out"))
        let errors = try ChildOutput(path: directory.file("err"))
        let child = try Child(
            program, arguments, inherited: toolVariables,
            outputs: (output.descriptor, errors.descriptor))
        guard let end = child.wait(within: limit) else {
            return .failure(
                ProgramFailure("'\(program)' does not answer within \(limit.components.seconds) s"))
        }
        guard end.exitCode == 0 else {
            return .failure(ProgramFailure("'\(program)' ends with exit code \(end.exitCode)"))
        }
        let text = String(decoding: try output.bytes(limit: 1 << 20), as: UTF8.self)
        return .success(text.split(whereSeparator: \.isNewline).map(String.init))
    } catch {
        return .failure(ProgramFailure("there is no '\(program)' that can be started"))
    }
}
