import ArkaModel
import CRE2

/// A pattern as RE2 compiled it; owns RE2's object.
final class RE2Program: @unchecked Sendable {
    // SAFETY (@unchecked Sendable): RE2's object is safe to search with from many threads. It is
    // made in `init` and freed in `deinit`, when nobody has it any more.
    private let compiled: OpaquePointer

    init(_ source: [UInt8]) throws(PatternFailure) {
        if let failure = PatternFailure(refusing: source) { throw failure }
        // SAFETY: RE2 copies the pattern; the pointer is used within the closure only.
        let compiled = source.withUnsafeBufferPointer { pattern in
            arka_re2_compile(pattern.baseAddress, pattern.count, PatternLimits.memoryBytesMax)
        }
        guard let compiled else { throw .tooLarge }
        self.compiled = compiled
        let error = arka_re2_error(compiled)
        guard error == ARKA_RE2_FINE else {
            throw PatternFailure(error, argument: errorArgument, in: source)
        }
    }

    deinit { arka_re2_free(compiled) }

    /// Whether the pattern matches anywhere in the text.
    func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        // SAFETY: the caller vouches for the text during this call; nothing of it is kept.
        let answer = arka_re2_search(compiled, text.baseAddress, text.count)
        precondition(answer >= 0, "RE2 got no memory")
        return answer == 1
    }

    /// What RE2 found fault with.
    private var errorArgument: [UInt8] {
        var count = 0
        // SAFETY: the bytes belong to RE2's object, which lives as long as this one; they are copied.
        let bytes = UnsafeBufferPointer(
            start: arka_re2_error_argument(compiled, &count), count: count)
        return Array(bytes)
    }
}
