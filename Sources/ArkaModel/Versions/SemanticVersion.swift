/// A version by the rules of Semantic Versioning 2.0.0, such as `1.4.0-rc.1+build.7`.
///
/// Versions are compared by precedence: a pre-release comes before its release, and what stands behind
/// `+` counts for nothing, so two versions that differ only in it are equal.
public struct SemanticVersion: Sendable, CustomStringConvertible {
    /// Raised for changes that break users.
    public let major: Int
    /// Raised for what is new.
    public let minor: Int
    /// Raised for what is repaired.
    public let patch: Int
    /// The identifiers behind `-`; empty for a release.
    public let prerelease: [Identifier]
    /// What stands behind `+`; empty for nothing.
    public let build: String

    /// An identifier of a pre-release.
    public enum Identifier: Sendable, Hashable {
        /// Digits without leading zeros; of any length, so kept as a text.
        case number(String)
        /// Letters, digits and hyphens, not only digits.
        case word(String)
    }

    /// Makes the version of a release.
    /// - Precondition: No part is negative.
    public init(_ major: Int, _ minor: Int, _ patch: Int) {
        precondition(major >= 0 && minor >= 0 && patch >= 0, "a part of a version is negative")
        self.init(major, minor, patch, prerelease: [], build: "")
    }

    private init(
        _ major: Int, _ minor: Int, _ patch: Int, prerelease: [Identifier], build: String
    ) {
        self.major = major
        self.minor = minor
        self.patch = patch
        self.prerelease = prerelease
        self.build = build
    }

    /// Reads a version with all its three numbers.
    /// - Returns: `nil` for anything that the specification does not call a version: fewer numbers,
    ///   leading zeros, a `v` before it. Numbers above 2⁶³-1 are none either.
    public init?(_ text: String) {
        self.init(text, partsMin: 3)
    }

    /// Reads a version in which the minor number and the patch may be missing, as `3.10` is `3.10.0`.
    public init?(padding text: String) {
        self.init(text, partsMin: 1)
    }

    private init?(_ text: String, partsMin: Int) {
        guard text.utf8.count <= 256 else { return nil }
        let halves = text.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
        let core = halves[0].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let parts = core[0].split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { versionNumber($0) }
        guard (partsMin...3).contains(parts.count), numbers.count == parts.count,
            let prerelease = core.count < 2 ? [] : Self.identifiers(core[1]),
            halves.count < 2 || halves[1].isDottedWords
        else { return nil }
        // `3.10-rc` has no telling which number is missing.
        guard parts.count == 3 || (core.count == 1 && halves.count == 1) else { return nil }
        let padded = numbers + [0, 0]
        self.init(
            padded[0], padded[1], padded[2], prerelease: prerelease,
            build: halves.count < 2 ? "" : String(halves[1]))
    }

    private static func identifiers(_ text: Substring) -> [Identifier]? {
        guard text.isDottedWords else { return nil }
        var identifiers: [Identifier] = []
        for part in text.split(separator: ".") {
            if !part.utf8.allSatisfy(\.isDigit) {
                identifiers.append(.word(String(part)))
            } else if part == "0" || part.utf8.first != UInt8(ascii: "0") {
                identifiers.append(.number(String(part)))
            } else {
                return nil
            }
        }
        return identifiers
    }

    /// The version as it is written, with all three numbers.
    public var description: String {
        let words = prerelease.map { identifier in
            switch identifier {
            case .number(let text), .word(let text): text
            }
        }
        return "\(major).\(minor).\(patch)"
            + (words.isEmpty ? "" : "-" + words.joined(separator: "."))
            + (build.isEmpty ? "" : "+" + build)
    }

    /// The release that a pre-release leads to; a release itself without its build.
    public var release: SemanticVersion { SemanticVersion(major, minor, patch) }
}

extension SemanticVersion: Hashable {
    /// Whether they have the same precedence.
    public static func == (a: SemanticVersion, b: SemanticVersion) -> Bool {
        a.major == b.major && a.minor == b.minor && a.patch == b.patch
            && a.prerelease == b.prerelease
    }

    /// Hashes what precedence looks at.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(major)
        hasher.combine(minor)
        hasher.combine(patch)
        hasher.combine(prerelease)
    }
}

extension SemanticVersion: Comparable {
    /// Whether one precedes the other, by section 11 of the specification.
    public static func < (a: SemanticVersion, b: SemanticVersion) -> Bool {
        let (left, right) = ((a.major, a.minor, a.patch), (b.major, b.minor, b.patch))
        if left != right { return left < right }
        // Whoever has no pre-release is the release, and comes last.
        if a.prerelease.isEmpty || b.prerelease.isEmpty {
            return !a.prerelease.isEmpty && b.prerelease.isEmpty
        }
        return a.prerelease.lexicographicallyPrecedes(b.prerelease)
    }
}

extension SemanticVersion.Identifier: Comparable {
    /// Numbers by their value and before all words; words by their bytes.
    public static func < (a: Self, b: Self) -> Bool {
        switch (a, b) {
        case (.number(let a), .number(let b)):
            (a.utf8.count, a) < (b.utf8.count, b)
        case (.number, .word): true
        case (.word, .number): false
        case (.word(let a), .word(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
        }
    }
}

/// A number of a version: digits without leading zeros that fit an `Int`.
func versionNumber(_ text: Substring) -> Int? {
    guard let number = Int(text), text.utf8.allSatisfy(\.isDigit),
        text == "0" || text.utf8.first != UInt8(ascii: "0")
    else { return nil }
    return number
}

extension UInt8 {
    /// Whether it is an ASCII digit.
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}

extension Substring {
    /// Whether it is letters, digits and hyphens with dots between them.
    fileprivate var isDottedWords: Bool {
        split(separator: ".", omittingEmptySubsequences: false).allSatisfy { word in
            !word.isEmpty
                && word.utf8.allSatisfy { byte in
                    byte.isDigit || byte == UInt8(ascii: "-")
                        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                }
        }
    }
}
