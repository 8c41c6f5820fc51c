/// What a plugin may do: the one model behind all the ways in which documents write it.
///
/// Every document bounds what it names, and nothing else: `nil` stands for no bound, an empty list for
/// nothing at all. What counts in the end is the ``intersection(_:)`` of all that was said.
public struct SandboxPolicy: Sendable, Hashable {
    /// What it may reach over the network.
    public var network: Network
    /// What it may do with files.
    public var files: Files
    /// How much it may use.
    public var resources: Resources
    /// Which system calls it may make.
    public var syscalls: Syscalls
    /// The secrets that it may read, by name.
    public var secrets: Set<String>?
    /// The variables of the environment that it may read.
    public var environment: Set<String>?

    /// Makes a policy; without arguments, one that bounds nothing.
    public init(
        network: Network = Network(), files: Files = Files(), resources: Resources = Resources(),
        syscalls: Syscalls = Syscalls(), secrets: Set<String>? = nil,
        environment: Set<String>? = nil
    ) {
        self.network = network
        self.files = files
        self.resources = resources
        self.syscalls = syscalls
        self.secrets = secrets
        self.environment = environment
    }

    /// What a plugin may reach over the network.
    public struct Network: Sendable, Hashable {
        /// The hosts.
        public var hosts: HostRules?
        /// Ports that are denied on all hosts.
        public var deniedPorts: Set<UInt16>
        /// Connections that may be open at once.
        public var connectionsMax: Int?
        /// How long one request may take.
        public var timeout: Duration?

        /// Makes bounds.
        public init(
            hosts: HostRules? = nil, deniedPorts: Set<UInt16> = [], connectionsMax: Int? = nil,
            timeout: Duration? = nil
        ) {
            self.hosts = hosts
            self.deniedPorts = deniedPorts
            self.connectionsMax = connectionsMax
            self.timeout = timeout
        }
    }

    /// What a plugin may do with files.
    public struct Files: Sendable, Hashable {
        /// What it may read.
        public var readPaths: PathRules?
        /// What it may write.
        public var writePaths: PathRules?
        /// The size in bytes of a file that it writes.
        public var fileBytesMax: Int?

        /// Makes bounds.
        public init(
            readPaths: PathRules? = nil, writePaths: PathRules? = nil, fileBytesMax: Int? = nil
        ) {
            self.readPaths = readPaths
            self.writePaths = writePaths
            self.fileBytesMax = fileBytesMax
        }
    }

    /// How much a plugin may use.
    public struct Resources: Sendable, Hashable {
        /// Thousandths of a processor.
        public var milliCPU: Int?
        /// Memory in bytes.
        public var memoryBytes: Int?
        /// How long one call may take.
        public var callTime: Duration?

        /// Makes bounds.
        public init(milliCPU: Int? = nil, memoryBytes: Int? = nil, callTime: Duration? = nil) {
            self.milliCPU = milliCPU
            self.memoryBytes = memoryBytes
            self.callTime = callTime
        }
    }

    /// Which system calls a plugin may make. A denied one is not among the allowed ones.
    public struct Syscalls: Sendable, Hashable {
        /// Those that it may make; `nil` for all but the denied ones.
        public let allowed: Set<String>?
        /// Those that it may not make, whatever is allowed.
        public let denied: Set<String>

        /// Makes bounds; what is allowed and denied is denied.
        public init(allowed: Set<String>? = nil, denied: Set<String> = []) {
            self.allowed = allowed?.subtracting(denied)
            self.denied = denied
        }

        /// Whether a system call may be made.
        public func allows(_ name: String) -> Bool {
            !denied.contains(name) && (allowed?.contains(name) ?? true)
        }
    }
}
