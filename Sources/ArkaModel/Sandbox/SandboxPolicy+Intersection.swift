extension SandboxPolicy {
    /// What both policies allow. It is never wider than either, and it does not matter which comes first.
    public func intersection(_ other: SandboxPolicy) -> SandboxPolicy {
        SandboxPolicy(
            network: network.intersection(other.network), files: files.intersection(other.files),
            resources: resources.intersection(other.resources),
            syscalls: syscalls.intersection(other.syscalls),
            secrets: both(secrets, other.secrets) { $0.intersection($1) },
            environment: both(environment, other.environment) { $0.intersection($1) })
    }
}

extension SandboxPolicy.Network {
    fileprivate func intersection(_ other: Self) -> Self {
        Self(
            hosts: both(hosts, other.hosts) { $0.intersection($1) },
            deniedPorts: deniedPorts.union(other.deniedPorts),
            connectionsMax: both(connectionsMax, other.connectionsMax, min),
            timeout: both(timeout, other.timeout, min))
    }
}

extension SandboxPolicy.Files {
    fileprivate func intersection(_ other: Self) -> Self {
        Self(
            readPaths: both(readPaths, other.readPaths) { $0.intersection($1) },
            writePaths: both(writePaths, other.writePaths) { $0.intersection($1) },
            fileBytesMax: both(fileBytesMax, other.fileBytesMax, min))
    }
}

extension SandboxPolicy.Resources {
    fileprivate func intersection(_ other: Self) -> Self {
        Self(
            milliCPU: both(milliCPU, other.milliCPU, min),
            memoryBytes: both(memoryBytes, other.memoryBytes, min),
            callTime: both(callTime, other.callTime, min))
    }
}

extension SandboxPolicy.Syscalls {
    fileprivate func intersection(_ other: Self) -> Self {
        Self(
            allowed: both(allowed, other.allowed) { $0.intersection($1) },
            denied: denied.union(other.denied))
    }
}

/// The bound that two make together, where one may be missing.
private func both<Bound>(_ a: Bound?, _ b: Bound?, _ meet: (Bound, Bound) -> Bound) -> Bound? {
    guard let a, let b else { return a ?? b }
    return meet(a, b)
}
