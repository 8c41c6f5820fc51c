import ArkaSystem

/// Looks for a folder of the project: below the working directory, then beside the program and above
/// it, so that a program that was built in the project finds the project's files.
/// - Parameter file: A file that the right folder holds.
/// - Returns: The folder without a slash at its end; `nil` if there is none.
func projectFolder(_ name: String, holding file: String) -> String? {
    var folders = [name]
    var parent = programPath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    while !parent.isEmpty {
        folders.append(parent.joined(separator: "/") + "/" + name)
        parent.removeLast()
    }
    return folders.first { isReadableFile($0 + "/" + file) }
}
