import ArkaModel

extension DocumentReading {
    /// Marks what stands under names that sound like secrets, in a value whose meaning is not known.
    mutating func keepLikelySecrets(_ node: YAMLNode, isSecret: Bool = false) {
        switch node.kind {
        case .scalar: if isSecret { keepSecret(node) }
        case .sequence(let items):
            for item in items { keepLikelySecrets(item, isSecret: isSecret) }
        case .mapping(let entries):
            for entry in entries {
                keepLikelySecrets(entry.value, isSecret: isSecret || isSecretName(entry.key))
            }
        }
    }
}

extension SourceText {
    /// A copy for messages about a text that cannot be read. One that is too large to be read is not worth
    /// another copy of it: the message then names a place, and shows nothing there.
    func shown(bytesMax: Int) -> SourceText {
        utf8.count > bytesMax ? SourceText(name: name, text: "") : blottingLikelySecrets
    }

    /// A copy for messages about a text that cannot be read: what stands behind keys that sound like
    /// secrets is starred, line by line. Which fields are secret is known only where there is a tree.
    private var blottingLikelySecrets: SourceText {
        var bytes = utf8
        var lineStart = 0
        while lineStart < bytes.count {
            let lineEnd =
                bytes[lineStart...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            blot(&bytes, lineStart..<lineEnd)
            lineStart = lineEnd + 1
        }
        return SourceText(name: name, utf8: bytes)
    }

    private func blot(_ bytes: inout [UInt8], _ line: Range<Int>) {
        guard let colon = bytes[line].firstIndex(of: UInt8(ascii: ":")) else { return }
        guard isSecretName(utf8: bytes[line.lowerBound..<colon], or: secretKeyWords) else { return }
        for index in (colon + 1)..<line.upperBound where bytes[index] > 0x20 {
            bytes[index] = UInt8(ascii: "*")
        }
    }
}

/// What else stands in keys of documents that have secrets behind them.
private let secretKeyWords = ["pem", "jaas"].map { Array($0.utf8) }

extension Diagnostic {
    /// The diagnostic over another copy of its text.
    func showing(_ source: SourceText) -> Diagnostic {
        Diagnostic(
            code, message, severity: severity, expected: expectation, suggestion: suggestion,
            in: source, at: range)
    }
}
