import ArkaEngine
import ArkaModel
import PactPlugins

extension PluginRegistry {
    /// What is linked, in order.
    var listings: [PluginListing] {
        references.compactMap { reference in
            self[reference].map { PluginListing(reference: reference, metadata: $0.metadata) }
        }
    }

    /// Finds the plugin that somebody means: by its reference, or by its own name alone where only one
    /// has it.
    /// - Throws: ``ArkaEngine/PluginLoadError`` that names a near one.
    func find(_ name: String) throws(PluginLoadError) -> (reference: String, any Plugin.Type) {
        if let type = self[name] { return (name, type) }
        let listings = listings
        let meant = listings.filter { $0.metadata.name == name }
        if meant.count == 1, let type = self[meant[0].reference] {
            return (meant[0].reference, type)
        }
        if meant.count > 1 {
            let references = meant.map(\.reference).joined(separator: ", ")
            throw PluginLoadError(
                reference: name, reason: "several plugins have this name; say which: \(references)",
                code: .pluginNotLinked)
        }
        let isReference = name.utf8.contains(UInt8(ascii: "/"))
        let names = isReference ? references : listings.map(\.metadata.name)
        throw PluginLoadError(
            reference: name,
            reason: "no such plugin is linked into this program; " + hint(to: name, among: names),
            code: .pluginNotLinked)
    }
}

/// What somebody may have meant: the near name, or else all that there are.
func hint(to name: String, among names: [String]) -> String {
    if let near = nearName(to: name, among: names) { return "did you mean '\(near)'?" }
    return names.isEmpty ? "there is none" : "there are: " + names.joined(separator: ", ")
}
