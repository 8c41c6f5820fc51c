import Glibc

/// The path of the running program, links resolved; empty where there is no `/proc`.
public var programPath: String {
    var buffer = [CChar](repeating: 0, count: 4096)
    // SAFETY: the buffer is ours; `readlink` writes at most its length and says how much.
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    return String(
        decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
