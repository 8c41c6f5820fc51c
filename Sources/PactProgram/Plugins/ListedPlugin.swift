import ArkaConfig
import ArkaEngine
import ArkaModel
import PactPlugins

/// A plugin as `pact plugin list` shows it.
struct ListedPlugin {
    /// How a plugin is, as far as anybody asked.
    enum Health: String {
        case notAsked = "not asked"
        case healthy
        case unhealthy
        case notStarted = "does not start"
    }

    /// How topologies name it, or its manifest.
    let name: String
    let version: String
    let description: String
    let kinds: [String]
    /// `nil` where they are not known.
    let functions: [FunctionSignature]?
    /// Why they are not.
    var note: String?
    /// Its folder; `nil` if it is linked into the program.
    var folder: String?
    var health = Health.notAsked
    /// Whether something is wrong with it.
    var isWrong = false

    /// A plugin that is linked into the program.
    init(linked reference: String, _ type: any Plugin.Type, _ uses: [PluginUse]) {
        name = reference
        version = type.metadata.version
        description = type.metadata.description
        switch LinkedFunctions(reference, type, uses) {
        case .known(let known): functions = known
        case .unknown(let reason):
            functions = nil
            note = reason
        case .refused(let problems):
            functions = nil
            note = problems.map(\.description).joined(separator: "; ")
            isWrong = true
        }
        let declared: [(Bool, FunctionSignature.Kind)] = [
            (type is any DataSourcePlugin.Type, .dataSource),
            (type is any EnrichmentPlugin.Type, .enrichment),
            (type is any ValidationPlugin.Type, .validation),
            (type is any ActionPlugin.Type, .action),
        ]
        let used = Set((functions ?? []).map(\.kind))
        kinds = declared.filter { $0.0 || used.contains($0.1) }.map(\.1.rawValue)
    }

    /// A plugin in a folder.
    init(_ found: PluginCatalog.Folder) {
        folder = found.path
        guard let manifest = found.manifest.value else {
            name = found.name
            version = "?"
            description = ""
            kinds = []
            functions = nil
            note = "its manifest is wrong: see `pact plugin validate \(found.path)`"
            isWrong = true
            return
        }
        name = manifest.name
        version = manifest.version.description
        description = manifest.description
        kinds = manifest.types.map(\.rawValue)
        functions = manifest.exports
    }
}
