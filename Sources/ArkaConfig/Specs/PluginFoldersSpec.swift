/// Where plugins lie that are not linked into the program.
public struct PluginFoldersSpec: Sendable, Hashable {
    /// Directories whose folders are plugins, each with its manifest; relative to the working directory.
    public var directories: [String]

    /// Names directories.
    public init(directories: [String] = []) {
        self.directories = directories
    }
}
