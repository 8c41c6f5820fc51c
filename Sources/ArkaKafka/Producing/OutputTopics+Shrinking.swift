/// What a lane sends under once a topic has refused records as too large: its limit was lowered, or is
/// another than the broker said.
extension OutputTopics {
    /// What to send under from now on.
    ///
    /// A topic counts whole batches. So first comes the limit that it says it has by now; where it
    /// says none, or one that was kept to, records go out one to a batch; and what is refused by itself
    /// is too large. Each step makes what is sent smaller, so there is an end to them.
    /// - Parameters:
    ///   - refused: Bytes of the smallest record refused, by topic.
    ///   - told: The topics' own limits, by topic; missing where the broker does not say.
    /// - Returns: `nil` if nothing smaller can be sent.
    func shrunk(refused: [String: Int], told: [String: Int]) -> OutputTopics? {
        var next = self
        next.decisionBytesMax = min(decisionBytesMax, told[decisions] ?? .max)
        next.deadLetterBytesMax = min(deadLetterBytesMax, told[deadLetters] ?? .max)
        if let audit { next.auditBytesMax = min(auditBytesMax, told[audit] ?? .max) }
        if next != self { return next }
        guard sendsRecordsAlone else {
            next.sendsRecordsAlone = true
            return next
        }
        if let bytes = refused[decisions] {
            // The first size that is made a dead letter is this record's.
            next.decisionBytesMax = min(
                decisionBytesMax, bytes - 1 + KafkaLimits.recordOverheadBytes)
        }
        if let bytes = refused[deadLetters] {
            next.deadLetterBytesMax = min(deadLetterBytesMax, bytes)
        }
        return next != self ? next : nil
    }
}
