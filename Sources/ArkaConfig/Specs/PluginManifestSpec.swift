public import ArkaModel

/// What a document of `kind: PluginManifest` says: what a plugin is, what it needs, and what it has.
public struct PluginManifestSpec: Sendable {
    /// A kind of functions, as `spec.types` names it.
    public enum FunctionType: String, Sendable, Hashable, CaseIterable {
        /// Functions under `exports.data_sources`.
        case dataSource = "data_source"
        /// Functions under `exports.actions`.
        case action
        /// Functions under `exports.enrichments`.
        case enrichment
        /// Functions under `exports.validations`.
        case validation

        /// The key of `exports` below which they stand.
        public var exportsKey: String { rawValue + "s" }

        /// The same in signatures.
        public var kind: FunctionSignature.Kind {
            switch self {
            case .dataSource: .dataSource
            case .action: .action
            case .enrichment: .enrichment
            case .validation: .validation
            }
        }
    }

    /// What the plugin needs to run.
    public struct Dependencies: Sendable, Hashable {
        /// The versions of the languages that it runs on, by their keys: `python`, `swift`.
        public var runtimes: [String: VersionRange]
        /// The versions of the plugin SDK; `nil` for any.
        public var sdk: VersionRange?
        /// The packages.
        public var packages: [PackageRequirement]
    }

    /// The least that the plugin can work with. `nil` where the manifest does not say; an empty list for
    /// nothing at all.
    public struct Permissions: Sendable, Hashable {
        /// The hosts that it reaches.
        public var network: [HostRule]?
        /// The secrets that it reads.
        public var secrets: [String]?
        /// The variables of the environment that it reads.
        public var environment: [String]?
    }

    /// `metadata.name`
    public var name: String
    /// Its version.
    public var version: SemanticVersion
    /// What it is for; empty where that is not said.
    public var description: String
    /// Who made it; empty where that is not said.
    public var author: String
    /// Its licence; empty where that is not said.
    public var license: String
    /// Its class: a module, a colon, a name.
    public var entrypoint: String
    /// The kinds of functions that it has.
    public var types: [FunctionType]
    /// What it needs to run.
    public var dependencies: Dependencies
    /// Its functions, as rules are checked against them.
    public var exports: [FunctionSignature]
    /// What it needs to reach.
    public var permissions: Permissions
    /// The same as bounds, each with its place.
    public var sandbox: [SandboxPart]
    /// Where all this stands.
    public var places: DocumentPlaces

    /// The name by which rules call it: `sanctions_list` for `sanctions-list`.
    public var ruleName: String { name.replacing("-", with: "_") }
}
