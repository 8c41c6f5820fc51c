/// Texts that are looked for all at once, by their first byte.
struct SecretNeedles: Sendable {
    /// For each first byte the texts that begin with it, the longest first: one may begin another.
    private var byFirst: [[[UInt8]]]

    /// Looks for nothing.
    init() { byFirst = [] }

    /// Looks for all forms of some secrets.
    init(_ secrets: Set<String>) {
        var forms: Set<[UInt8]> = []
        for secret in secrets { forms.formUnion(secretForms(Array(secret.utf8))) }
        byFirst = Array(repeating: [], count: 256)
        for form in forms.sorted(by: { $0.count > $1.count }) { byFirst[Int(form[0])].append(form) }
    }

    /// The bytes with the mark in the place of what was found; `nil` if nothing was.
    func replaced(in bytes: [UInt8]) -> [UInt8]? {
        guard !byFirst.isEmpty else { return nil }
        var result: [UInt8]?
        /// Up to where `result` has taken over.
        var copied = 0
        var index = 0
        while index < bytes.count {
            let count = countFound(in: bytes, at: index)
            if count > 0 {
                result = (result ?? []) + bytes[copied..<index] + SecretRedactor.mark.utf8
                index += count
                copied = index
            } else {
                index += 1
            }
        }
        return result.map { $0 + bytes[copied...] }
    }

    /// Bytes of the longest text that stands at a place; 0 for none.
    private func countFound(in bytes: [UInt8], at start: Int) -> Int {
        let candidates = byFirst[Int(bytes[start])]
        if candidates.isEmpty { return 0 }
        let left = bytes.count - start
        for needle in candidates where needle.count <= left {
            var offset = 1
            while offset < needle.count, bytes[start + offset] == needle[offset] { offset += 1 }
            if offset == needle.count { return offset }
        }
        return 0
    }
}
