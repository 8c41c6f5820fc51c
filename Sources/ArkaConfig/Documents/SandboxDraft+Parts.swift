import ArkaModel

extension SandboxDraft {
    /// What each key that is given says as a policy, by its path below `path`.
    func parts(below path: String) -> [(path: String, policy: SandboxPolicy)] {
        var parts = SandboxParts(prefix: path)
        parts.add("networkAccess.allowed", networkAccess.allowed) {
            $0.network.hosts = HostRules($1)
        }
        parts.add("fileAccess.read", fileAccess.read) { $0.files.readPaths = PathRules($1) }
        parts.add("fileAccess.write", fileAccess.write) { $0.files.writePaths = PathRules($1) }
        add(network, to: &parts)
        add(filesystem, to: &parts)
        add(resources, to: &parts)
        parts.add("syscalls.allow", syscalls.allowed) {
            $0.syscalls = SandboxPolicy.Syscalls(allowed: Set($1))
        }
        parts.add("syscalls.deny", syscalls.denied) {
            $0.syscalls = SandboxPolicy.Syscalls(denied: Set($1))
        }
        return parts.all
    }

    private func add(_ network: Network, to parts: inout SandboxParts) {
        parts.add("network.enabled", network.isEnabled == false ? false : nil) { policy, _ in
            policy.network.hosts = HostRules([])
        }
        parts.add("network.allowedHosts", network.allowedHosts) {
            $0.network.hosts = HostRules($1)
        }
        parts.add("network.deniedPorts", network.deniedPorts) { policy, ports in
            policy.network.deniedPorts = Set(ports.compactMap { UInt16(exactly: $0) })
        }
        parts.add("network.maxConnections", network.connectionsMax) {
            $0.network.connectionsMax = $1
        }
        parts.add("network.timeoutMs", network.timeout) { $0.network.timeout = $1 }
    }

    private func add(_ filesystem: Filesystem, to parts: inout SandboxParts) {
        parts.add("filesystem.enabled", filesystem.isEnabled == false ? false : nil) { policy, _ in
            policy.files.readPaths = PathRules([])
            policy.files.writePaths = PathRules([])
        }
        parts.add("filesystem.readPaths", filesystem.readPaths) {
            $0.files.readPaths = PathRules($1)
        }
        parts.add("filesystem.writePaths", filesystem.writePaths) {
            $0.files.writePaths = PathRules($1)
        }
        parts.add("filesystem.maxFileSize", filesystem.fileBytesMax) {
            $0.files.fileBytesMax = $1
        }
    }

    private func add(_ resources: Resources, to parts: inout SandboxParts) {
        parts.add("resources.maxCpu", resources.milliCPU) { $0.resources.milliCPU = $1 }
        parts.add("resources.maxMemory", resources.memoryBytes) { $0.resources.memoryBytes = $1 }
        parts.add("resources.maxExecutionTime", resources.callTime) {
            $0.resources.callTime = $1
        }
    }
}

extension SandboxDraft.Resources {
    /// What the short keys `cpu`, `memory` and `timeout` say, by their paths below `path`.
    func parts(below path: String) -> [(path: String, policy: SandboxPolicy)] {
        var parts = SandboxParts(prefix: path)
        parts.add("cpu", milliCPU) { $0.resources.milliCPU = $1 }
        parts.add("memory", memoryBytes) { $0.resources.memoryBytes = $1 }
        parts.add("timeout", callTime) { $0.resources.callTime = $1 }
        return parts.all
    }
}

/// Collects policies that bound one thing each.
struct SandboxParts {
    /// The path that all keys stand below.
    let prefix: String
    private(set) var all: [(path: String, policy: SandboxPolicy)] = []

    init(prefix: String) { self.prefix = prefix }

    /// Adds the policy of a key that is given.
    mutating func add<Value>(
        _ key: String, _ value: Value?, _ set: (inout SandboxPolicy, Value) -> Void
    ) {
        guard let value else { return }
        var policy = SandboxPolicy()
        set(&policy, value)
        all.append((prefix + "." + key, policy))
    }
}
