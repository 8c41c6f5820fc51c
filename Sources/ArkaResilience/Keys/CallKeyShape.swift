public import ArkaModel

/// What of a function's calls goes into their keys.
///
/// Without more said that is plugin, function, version of the configuration and *all* arguments: a
/// key that leaves one out may answer a question about one list with what another list says. A
/// function that knows better names its key parameters.
public struct CallKeyShape: Sendable, Hashable {
    /// Words that all keys of the function begin with.
    let prefix: [UInt64]
    /// The hash as far as it comes with them.
    let prefixHash: KeyHash
    /// For each parameter, in the order declared, whether it is part of the key.
    let isInKey: [Bool]

    /// Makes the shape of a function whose key is all of its arguments.
    /// - Parameters:
    ///   - signature: The function.
    ///   - configurationVersion: Differs wherever plugin or configuration may answer differently,
    ///     such as a digest of both.
    ///   - seed: The process' seed for hashes, the same for all shapes.
    public init(_ signature: FunctionSignature, configurationVersion: String, seed: UInt64) {
        self.init(
            signature, configurationVersion: configurationVersion, seed: seed,
            isInKey: signature.parameters.map { _ in true })
    }

    /// Makes the shape of a function that names its key parameters; all others are ignored.
    /// - Parameters:
    ///   - signature: The function.
    ///   - configurationVersion: Differs wherever plugin or configuration may answer differently.
    ///   - keyParameters: Names of parameters, each once, at least one.
    ///   - seed: The process' seed for hashes, the same for all shapes.
    /// - Throws: ``SettingProblems``, all of them, if a name is no parameter or stands twice, or if
    ///   there is none.
    public init(
        _ signature: FunctionSignature, configurationVersion: String, keyParameters: [String],
        seed: UInt64
    ) throws(SettingProblems) {
        let names = signature.parameters.map(\.name)
        let problems = Self.problems(of: keyParameters, among: names)
        if !problems.isEmpty { throw SettingProblems(problems) }
        self.init(
            signature, configurationVersion: configurationVersion, seed: seed,
            isInKey: names.map(keyParameters.contains))
    }

    private init(
        _ signature: FunctionSignature, configurationVersion: String, seed: UInt64, isInKey: [Bool]
    ) {
        precondition(isInKey.count <= Int(UInt16.max), "parameters are numbered in 16 bits")
        var prefix: [UInt64] = []
        for part in [signature.plugin, signature.name, configurationVersion] {
            // Lengths keep "ab" + "c" apart from "a" + "bc".
            prefix.append(UInt64(part.utf8.count))
            let bytes = Array(part.utf8)
            bytes.span.forEachWord { prefix.append($0) }
        }
        self.prefix = prefix
        prefixHash = KeyHash(seed: seed).adding(prefix.span)
        self.isInKey = isInKey
    }

    private static func problems(of keys: [String], among names: [String]) -> [SettingProblem] {
        if keys.isEmpty {
            return [SettingProblem("cache_key", expected: "at least one parameter's name")]
        }
        var seen: Set<String> = []
        return keys.compactMap { key in
            guard seen.insert(key).inserted else {
                return SettingProblem(
                    "cache_key", expected: "each parameter once, not \(key) twice")
            }
            guard !names.contains(key) else { return nil }
            let expected = "parameters of the function, of which \(key) is none"
            return SettingProblem(
                "cache_key", expected: expected, suggestion: nearName(to: key, among: names))
        }
    }
}
