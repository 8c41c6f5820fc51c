/// Finds the name that a user most likely meant.
/// - Parameters:
///   - name: What was written.
///   - candidates: What would have been right, in the order to prefer among equals.
/// - Returns: The nearest candidate within a third of its length (at least one edit, a swap of two
///   neighbours counting as one) that keeps a letter of what was written, or `nil` if none is that
///   near.
public func nearName(to name: String, among candidates: some Sequence<String>) -> String? {
    let written = Array(name.lowercased().utf8.prefix(64))
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate != name {
        let letters = Array(candidate.lowercased().utf8.prefix(64))
        let length = max(letters.count, written.count)
        let limit = min(max(1, length / 3), length - 1)
        guard abs(letters.count - written.count) <= limit else { continue }
        let distance = editDistance(written, letters)
        if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
}

/// Optimal string alignment distance: insert, delete, replace, swap neighbours.
private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var beforePrevious = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    for i in 0..<a.count {
        var current = [i + 1]
        for j in 0..<b.count {
            var cost = min(current[j] + 1, previous[j + 1] + 1)
            cost = min(cost, previous[j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                cost = min(cost, beforePrevious[j - 1] + 1)
            }
            current.append(cost)
        }
        (beforePrevious, previous) = (previous, current)
    }
    return previous[b.count]
}
