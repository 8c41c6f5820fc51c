public import ArkaModel
import PactPlugins

extension LinkedPlugins.Plugin {
    /// What the plugin declares that it needs, as bounds; none where it does not declare it.
    public var declaredPolicy: SandboxPolicy {
        guard let permissions else { return SandboxPolicy() }
        return SandboxPolicy(
            network: SandboxPolicy.Network(
                hosts: HostRules(permissions.network.compactMap { HostRule($0) })),
            secrets: Set(permissions.secrets), environment: Set(permissions.environment))
    }

    /// What it declares as parts of a policy. What no plugin has without declaring it, it does not have.
    public var declaredParts: [SandboxPart] {
        let declared = declaredPolicy
        return [
            SandboxPart(
                "permissions.network",
                SandboxPolicy(network: SandboxPolicy.Network(hosts: declared.network.hosts))),
            SandboxPart("permissions.secrets", SandboxPolicy(secrets: declared.secrets ?? [])),
            SandboxPart(
                "permissions.environment", SandboxPolicy(environment: declared.environment ?? [])),
        ]
    }

    /// Why its version is not among those of a range, naming both; `nil` if it is.
    public func versionProblem(_ range: VersionRange) -> String? {
        guard let version else { return nil }
        if let known = SemanticVersion(version), range.contains(known) { return nil }
        return "'\(shown(reference))' is of version \(shown(version)), and '\(range)' is asked for"
    }
}
