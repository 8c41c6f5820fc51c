import ArkaDocuments
public import ArkaModel

/// One thing that a plugin's policy bounds, for people.
public struct SandboxAspect: Sendable, Hashable {
    /// What it is, such as `network.hosts`.
    public var name: String
    /// What is allowed (of denied ones: what is denied); `nil` for no bound.
    public var values: [String]?
    /// Whether the engine holds a plugin to it that is part of its own program.
    public var isHeldInProcess: Bool

    /// The values with commas between them.
    public var words: String {
        guard let values else { return "no bound" }
        return values.isEmpty ? "none" : values.joined(separator: ", ")
    }
}

extension SandboxPolicy {
    /// All that a policy can bound, in one order for all policies.
    public var aspects: [SandboxAspect] {
        let time = { (duration: Duration?) in duration.map { [$0.documentText] } }
        let size = { (bytes: Int?) in bytes.map { [documentText(byteCount: $0)] } }
        let denied = { (texts: [String]) in texts.isEmpty ? nil : texts }
        return [
            .init(name: "network.hosts", values: network.hosts?.texts, isHeldInProcess: true),
            .init(
                name: "network.denied_ports",
                values: denied(network.deniedPorts.sorted().map { String($0) }),
                isHeldInProcess: true),
            .init(
                name: "network.max_connections",
                values: network.connectionsMax.map { [String($0)] }, isHeldInProcess: false),
            .init(
                name: "network.timeout", values: time(network.timeout), isHeldInProcess: true),
            .init(name: "files.read", values: files.readPaths?.texts, isHeldInProcess: false),
            .init(name: "files.write", values: files.writePaths?.texts, isHeldInProcess: false),
            .init(
                name: "files.max_size", values: size(files.fileBytesMax), isHeldInProcess: false),
            .init(
                name: "cpu", values: resources.milliCPU.map { [documentText(milliCPU: $0)] },
                isHeldInProcess: false),
            .init(name: "memory", values: size(resources.memoryBytes), isHeldInProcess: false),
            .init(name: "call_time", values: time(resources.callTime), isHeldInProcess: true),
            .init(
                name: "syscalls.allowed", values: syscalls.allowed?.sorted(),
                isHeldInProcess: false),
            .init(
                name: "syscalls.denied", values: denied(syscalls.denied.sorted()),
                isHeldInProcess: false),
            .init(name: "secrets", values: secrets?.sorted(), isHeldInProcess: true),
            .init(name: "environment", values: environment?.sorted(), isHeldInProcess: true),
        ]
    }

    /// Whether all of it is enforced for a plugin that runs in the engine's own process: where it may go
    /// over the network, and for how long. The rest needs a process of its own.
    public var isHeldInProcess: Bool {
        aspects.allSatisfy { $0.values == nil || $0.isHeldInProcess }
    }
}

extension HostRules {
    fileprivate var texts: [String] { rules.map(\.description) }
}

extension PathRules {
    fileprivate var texts: [String] { rules.map(\.description) }
}
