public import ArkaConfig
import ArkaSystem

extension FileAccess {
    /// The machine's files.
    public static var system: FileAccess {
        FileAccess(
            read: { path in
                outcome { () throws(SystemError) in
                    try readFile(path, limit: EngineLimits.documentBytes)
                }
            },
            list: { path in outcome { () throws(SystemError) in try listDirectory(path) } },
            isLink: { isSymbolicLink($0) })
    }

    /// The machine's files, where they are files: for folders that somebody else has filled. A pipe or a
    /// device in them is not read.
    public static var regular: FileAccess {
        FileAccess(
            read: { path in
                outcome { () throws(SystemError) in
                    try readRegularFile(path, limit: EngineLimits.documentBytes)
                }
            }, list: system.list, isLink: system.isLink)
    }

    private static func outcome<Value>(
        _ body: () throws(SystemError) -> Value
    ) -> Result<Value, FileFailure> {
        do throws(SystemError) {
            return .success(try body())
        } catch {
            return .failure(FileFailure(error.reason))
        }
    }
}
