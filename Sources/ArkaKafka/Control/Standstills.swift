/// The partitions that cannot go on, and why: a value.
struct Standstills: Sendable {
    private var reasons: [Int32: String] = [:]

    /// Whether all of these stand still.
    func covers(_ assigned: Set<Int32>) -> Bool {
        !assigned.isEmpty && assigned.allSatisfy { reasons[$0] != nil }
    }

    func contains(_ partition: Int32) -> Bool { reasons[partition] != nil }
    mutating func add(_ partition: Int32, _ reason: String) { reasons[partition] = reason }
    mutating func remove(_ partition: Int32) { reasons[partition] = nil }
    mutating func removeAll() { reasons.removeAll() }

    /// One sentence each, by partition; the list is cut, the count is not.
    var sentences: [String] {
        let sorted = reasons.sorted { $0.key < $1.key }.map(\.value)
        let shown = sorted.prefix(KafkaLimits.standstillReasonsMax)
        let hidden = sorted.count - shown.count
        return Array(shown) + (hidden > 0 ? ["and \(hidden) more partitions stand still"] : [])
    }
}
