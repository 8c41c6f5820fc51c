import CSystem
import Glibc

/// Standard output and standard error, for text.
///
/// Records go through ``FileWriter``, log lines through the log; this is for what a command says to
/// the person who typed it.
public enum StandardStream: Int32, Sendable {
    /// Standard output: results only.
    case output = 1
    /// Standard error: everything else.
    case error = 2

    /// Whether a person looks at it.
    public var isTerminal: Bool { isatty(rawValue) == 1 }

    /// Columns of the terminal, or `nil` if it is none.
    public var columns: Int? {
        let columns = Int(arka_terminal_columns(rawValue))
        return columns > 0 ? columns : nil
    }

    /// Writes a text, as it is.
    /// - Returns: False if not all of it could be written.
    @discardableResult public func write(_ text: String) -> Bool {
        writeAll(Array(text.utf8))
    }

    /// Writes bytes, as they are, starting again after interruptions.
    /// - Returns: False if not all of them could be written.
    @discardableResult public func writeAll(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { writeFully($0, to: rawValue) == 0 }
    }
}

/// Writes all bytes to a descriptor, starting again after interruptions and short writes.
/// - Returns: 0, or the system's error number.
func writeFully(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
    var rest = bytes
    while !rest.isEmpty {
        // SAFETY: `rest` lies within the caller's bytes, which are valid during the call.
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count >= 0 {
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        } else if errno != EINTR {
            return errno
        }
    }
    return 0
}
