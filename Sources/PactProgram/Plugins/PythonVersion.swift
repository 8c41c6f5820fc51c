import ArkaModel

/// A version as Python's packagers write it (PEP 440), as far as ranges compare it: the first three
/// numbers, and what comes before a release. What comes after one, and a build, change nothing.
struct PythonVersion {
    /// The version that ranges are held against.
    let comparable: SemanticVersion

    init?(_ text: String) {
        var rest = text.lowercased()[...]
        if rest.first == "v" { rest.removeFirst() }
        // An epoch puts a version above all that have none; no range here has one.
        guard !rest.contains("!") else { return nil }
        var numbers: [Int] = []
        while true {
            let digits = rest.prefix { ("0"..."9").contains($0) }
            guard let number = Int(digits) else { return nil }
            numbers.append(number)
            rest = rest.dropFirst(digits.count)
            guard rest.first == ".", rest.dropFirst().first?.isNumber == true else { break }
            rest.removeFirst()
        }
        rest = rest.drop { ".-_".contains($0) }
        let isBefore = ["a", "b", "c", "rc", "alpha", "beta", "pre", "dev"].contains {
            rest.hasPrefix($0)
        }
        let isAfter = rest.isEmpty || rest.hasPrefix("+") || rest.hasPrefix("post")
        guard isBefore || isAfter else { return nil }
        let padded = (numbers + [0, 0]).prefix(3).map(String.init).joined(separator: ".")
        let word = rest.prefix { $0.isLetter || $0.isNumber }
        guard let version = SemanticVersion(isBefore ? "\(padded)-\(word)" : padded) else {
            return nil
        }
        comparable = version
    }
}
