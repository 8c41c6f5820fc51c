import ArkaConfig
import ArkaModel
import PactPlugins

/// One need of a plugin, held against what is there.
struct DependencyFinding: Hashable {
    /// How it stands.
    enum Verdict: String {
        case present
        case missing
        /// It is there, in a version that the plugin does not take.
        case wrongVersion = "wrong version"
        /// It is there, in a version that cannot be compared.
        case unknown = "unknown version"
    }

    /// `language`, `sdk`, `package` or `plugin`.
    let kind: String
    let name: String
    /// The versions that it takes.
    let required: String
    /// The version that is there.
    let found: String?
    let verdict: Verdict
    /// What there is to say besides.
    var note: String?

    init(
        _ kind: String, _ name: String, _ range: VersionRange, found: String?, note: String? = nil
    ) {
        self.kind = kind
        self.name = name
        required = range.description
        self.found = found
        self.note = note
        guard let found else {
            verdict = .missing
            return
        }
        verdict =
            PythonVersion(found).map { range.contains($0.comparable) ? .present : .wrongVersion }
            ?? .unknown
    }

    /// A plugin that must be loaded too.
    init(plugin name: String, found: String?) {
        self.init("plugin", name, .any, found: found)
    }
}

/// What is installed, as far as it was asked for.
struct InstalledSoftware {
    /// The languages, by the manifest's keys.
    var runtimes: [String: Result<InstalledRuntime, ProgramFailure>] = [:]
    /// The version of the plugin SDK.
    var sdk: String
    /// Packages by the names that packagers compare.
    var packages: [String: String] = [:]
}

extension PluginManifestSpec {
    /// Each need of the plugin, held against what is installed.
    func dependencyFindings(_ installed: InstalledSoftware) -> [DependencyFinding] {
        var findings = dependencies.runtimes.sorted { $0.key < $1.key }.map { name, range in
            switch installed.runtimes[name] {
            case .success(let runtime)?:
                DependencyFinding("language", name, range, found: runtime.version)
            case .failure(let failure)?:
                DependencyFinding("language", name, range, found: nil, note: failure.reason)
            case nil: DependencyFinding("language", name, range, found: nil)
            }
        }
        findings.append(
            DependencyFinding("sdk", "arka-sdk", dependencies.sdk ?? .any, found: installed.sdk))
        findings += dependencies.packages.map { package in
            DependencyFinding(
                "package", package.name, package.range,
                found: installed.packages[package.comparedName])
        }
        return findings
    }
}
