/// What one side ran with, as it said itself.
struct SideSettings: Sendable, Hashable {
    /// Settings by name in the order in which they are shown.
    private(set) var entries: [Entry] = []

    /// A setting and its value as text.
    struct Entry: Sendable, Hashable {
        let name: String
        let value: String
    }

    /// The value of a setting; `nil` if this side did not tell.
    subscript(name: String) -> String? {
        get { entries.first { $0.name == name }?.value }
        set {
            entries.removeAll { $0.name == name }
            if let newValue { entries.append(Entry(name: name, value: newValue)) }
        }
    }

    /// What differs from another side, one sentence each.
    ///
    /// A setting that only one side tells counts as a difference: what is not known to be equal
    /// cannot be compared.
    /// - Parameters:
    ///   - own: What this side is called in the sentences.
    ///   - other: What the other one is called.
    func differences(from side: SideSettings, own: String, other: String) -> [String] {
        let names = entries.map(\.name) + side.entries.map(\.name).filter { self[$0] == nil }
        return names.compactMap { name in
            let (mine, others) = (self[name], side[name])
            guard mine != others else { return nil }
            let words = "\(own) \(mine ?? "(not told)"), \(other) \(others ?? "(not told)")"
            return "\(name) differs: \(words)"
        }
    }
}
