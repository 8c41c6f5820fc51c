/// A set of versions as people write it: conditions with commas between them, all of which must hold.
///
/// | Written | Holds for |
/// |---|---|
/// | `>=1.0`, `>1`, `<=1.2.3`, `<2.0` | what compares so; missing numbers are zeros |
/// | `1.2.3`, `==1.2.3`, `!=1.2.3` | that version, all but that version |
/// | `1.2.*`, `==1.2.*`, `!=1.2.*`, `*` | all that begin so, all others, all |
/// | `^1.2.3` | up to the next number that breaks users: `>=1.2.3,<2.0.0`; `^0.2.3` is `<0.3.0` |
/// | `~1.2.3` | up to the next minor number: `>=1.2.3,<1.3.0`; `~1` is `<2.0.0` |
/// | `~=1.4.2` | as Python has it: `>=1.4.2,<1.5.0`; `~=1.4` is `<2.0.0` |
///
/// A pre-release is in a range only if a condition names a pre-release of the same three numbers:
/// nobody who writes `>=1.0.0` asks for `2.0.0-alpha`.
public struct VersionRange: Sendable, Hashable, CustomStringConvertible {
    /// The range as it was written.
    public let description: String
    private let conditions: [VersionCondition]

    /// Reads a range.
    /// - Throws: ``VersionProblem`` that names what is wrong, such as a range without any version.
    public init(_ text: String) throws(VersionProblem) {
        description = text
        guard text.utf8.count <= 1_024 else {
            throw VersionProblem("a range of at most 1024 bytes")
        }
        var conditions: [VersionCondition] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            conditions.append(try VersionCondition(part.trimmed))
        }
        self.conditions = conditions
        if isContradiction {
            throw VersionProblem("a range with at least one version in it")
        }
    }

    /// The range of one version.
    public init(exactly version: SemanticVersion) {
        description = version.description
        conditions = [VersionCondition(exactly: version)]
    }

    /// Every version but pre-releases.
    public static let any = VersionRange(description: "*", conditions: [VersionCondition()])

    private init(description: String, conditions: [VersionCondition]) {
        self.description = description
        self.conditions = conditions
    }

    /// Whether a version is in the range.
    public func contains(_ version: SemanticVersion) -> Bool {
        conditions.allSatisfy { $0.holds(for: version) }
            && (version.prerelease.isEmpty
                || conditions.contains { $0.names(prereleaseOf: version.release) })
    }

    /// Whether the bounds leave nothing between them.
    private var isContradiction: Bool {
        let bounds = conditions.filter { !$0.isExclusion }
        return bounds.contains { low in
            bounds.contains { high in low.isAbove(high) }
        }
    }

    /// Whether both are written alike.
    public static func == (a: VersionRange, b: VersionRange) -> Bool {
        a.description == b.description
    }

    /// Hashes what is written.
    public func hash(into hasher: inout Hasher) { hasher.combine(description) }
}

/// Why a text is no version or no range: what was expected instead.
public struct VersionProblem: Error, Hashable, CustomStringConvertible {
    /// The expectation, such as `a version such as 1.2.3`.
    public let description: String

    /// Makes a problem.
    public init(_ description: String) {
        self.description = description
    }
}

/// One condition of a range: an interval, or everything outside of it.
struct VersionCondition: Sendable {
    /// The lowest version, and whether it is in.
    private var low: (version: SemanticVersion, isIn: Bool)?
    /// The highest version, and whether it is in.
    private var high: (version: SemanticVersion, isIn: Bool)?
    /// Whether it holds outside of the interval.
    private(set) var isExclusion = false

    /// Holds for every version.
    init() {}

    init(exactly version: SemanticVersion) {
        low = (version, true)
        high = (version, true)
    }

    /// Reads one condition, such as `>=1.0`.
    init(_ text: Substring) throws(VersionProblem) {
        let mark = ["~=", "==", "!=", ">=", "<=", ">", "<", "^", "~"].first(where: text.hasPrefix)
        let rest = text.dropFirst(mark?.utf8.count ?? 0).trimmed
        if mark == nil || mark == "==" || mark == "!=", rest == "*" || rest.hasSuffix(".*") {
            try self.init(family: rest)
        } else {
            guard let version = SemanticVersion(padding: String(rest)) else {
                throw VersionProblem(
                    "a version such as 1.2.3, or conditions such as >=1.0,<2.0 or ^1.2")
            }
            let count = rest.prefix { $0 != "-" && $0 != "+" }.split(separator: ".").count
            try self.init(mark ?? "==", version, numbers: count)
        }
        isExclusion = mark == "!="
    }

    private init(
        _ mark: String, _ version: SemanticVersion, numbers: Int
    ) throws(VersionProblem) {
        self.init()
        switch mark {
        case ">=": low = (version, true)
        case ">": low = (version, false)
        case "<=": high = (version, true)
        case "<": high = (version, false)
        case "==", "!=": self = VersionCondition(exactly: version)
        case "~=":
            guard numbers > 1 else { throw VersionProblem("'~=' with at least two numbers") }
            self = VersionCondition(from: version, raising: numbers - 2)
        case "~": self = VersionCondition(from: version, raising: min(1, numbers - 1))
        default:
            let parts = [version.major, version.minor, version.patch].prefix(numbers)
            self = VersionCondition(
                from: version, raising: parts.firstIndex { $0 > 0 } ?? numbers - 1)
        }
    }

    /// All versions that begin with some numbers: `1.2.*`.
    private init(family text: Substring) throws(VersionProblem) {
        self.init()
        if text == "*" { return }
        let rest = text.dropLast(2)
        let parts = rest.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { versionNumber($0) }
        guard numbers.count == parts.count, numbers.count < 3,
            let version = SemanticVersion(padding: String(rest))
        else { throw VersionProblem("a star in the place of the last number, such as 1.2.*") }
        self = VersionCondition(from: version, raising: numbers.count - 1)
    }

    /// From a version up to, and without, the one with a number raised: the major, minor or patch.
    private init(from version: SemanticVersion, raising index: Int) {
        var parts = [version.major, version.minor, version.patch]
        low = (version, true)
        // A number at its end has nothing above it.
        guard parts[index] < Int.max else { return }
        parts[index] += 1
        for later in parts.indices where later > index { parts[later] = 0 }
        high = (SemanticVersion(parts[0], parts[1], parts[2]), false)
    }

    func holds(for version: SemanticVersion) -> Bool {
        let isAboveLow = low.map { version > $0.version || ($0.isIn && version == $0.version) }
        let isBelowHigh = high.map { version < $0.version || ($0.isIn && version == $0.version) }
        return ((isAboveLow ?? true) && (isBelowHigh ?? true)) != isExclusion
    }

    /// Whether a bound is a pre-release of these three numbers.
    func names(prereleaseOf release: SemanticVersion) -> Bool {
        !isExclusion
            && [low?.version, high?.version].contains { bound in
                bound.map { !$0.prerelease.isEmpty && $0.release == release } ?? false
            }
    }

    /// Whether it begins where another has ended.
    func isAbove(_ other: VersionCondition) -> Bool {
        guard let low, let high = other.high else { return false }
        return low.version > high.version
            || (low.version == high.version && !(low.isIn && high.isIn))
    }
}

extension Substring {
    /// The text without spaces at its ends.
    fileprivate var trimmed: Substring {
        var result = self
        while result.first == " " { result.removeFirst() }
        while result.last == " " { result.removeLast() }
        return result
    }
}
