/// What an engine document says: how a process runs, whatever it decides.
///
/// Without a document every default holds. Plain values: no YAML, no environment.
public struct EngineSpec: Sendable, Hashable {
    /// Name of this instance within its consumer group; `nil` takes the one that the slot file in
    /// `dataDirectory` holds.
    public var instanceID: String?
    /// Where slot files are kept; relative to the working directory.
    public var dataDirectory: String
    /// Lane threads; `nil` for one per core.
    public var laneCount: Int?
    /// Whether a process that ends keeps its partitions until it is back.
    public var membership: GroupMembership
    /// How long the group waits for a member that is silent.
    public var sessionTimeout: Duration
    /// How long the broker keeps an open transaction of a process that is gone.
    public var transactionTimeout: Duration
    /// How long a record may wait for its acknowledgement.
    public var messageTimeout: Duration
    /// Rows read and not yet decided and sent, per process.
    public var rowsInFlightMax: Int
    /// The same in bytes.
    public var bytesInFlightMax: Int
    /// Memory for records fetched ahead, in bytes per process.
    public var fetchMemoryBytes: Int
    /// How long an orderly stop may take before the process ends with exit code 1.
    public var closeTimeout: Duration
    /// The server for metrics and health.
    public var admin: AdminSpec
    /// What is logged, and how.
    public var log: LogSpec
    /// Where plugins lie that are not linked into the program.
    public var plugins: PluginFoldersSpec
    /// The connection that wins over the topology's.
    public var kafka: KafkaConnectionSpec
    /// Where secrets come from.
    public var secrets: SecretsSpec

    /// Makes an engine's settings; every default is the document's.
    public init(
        instanceID: String? = nil, dataDirectory: String = ".arka", laneCount: Int? = nil,
        membership: GroupMembership = .static, sessionTimeout: Duration = .seconds(15),
        transactionTimeout: Duration = .seconds(10), messageTimeout: Duration = .seconds(8),
        rowsInFlightMax: Int = 65_536, bytesInFlightMax: Int = 64 << 20,
        fetchMemoryBytes: Int = 48 << 20, closeTimeout: Duration = .seconds(25),
        admin: AdminSpec = AdminSpec(), log: LogSpec = LogSpec(),
        plugins: PluginFoldersSpec = PluginFoldersSpec(),
        kafka: KafkaConnectionSpec = KafkaConnectionSpec(), secrets: SecretsSpec = SecretsSpec()
    ) {
        self.instanceID = instanceID
        self.dataDirectory = dataDirectory
        self.laneCount = laneCount
        self.membership = membership
        self.sessionTimeout = sessionTimeout
        self.transactionTimeout = transactionTimeout
        self.messageTimeout = messageTimeout
        self.rowsInFlightMax = rowsInFlightMax
        self.bytesInFlightMax = bytesInFlightMax
        self.fetchMemoryBytes = fetchMemoryBytes
        self.closeTimeout = closeTimeout
        self.admin = admin
        self.log = log
        self.plugins = plugins
        self.kafka = kafka
        self.secrets = secrets
    }
}

/// How a process belongs to its consumer group.
public enum GroupMembership: String, Sendable, Hashable, CaseIterable {
    /// Its partitions wait for its return (or the session timeout): right for restarts.
    case `static`
    /// It leaves at close and the others take over at once: right for autoscaling.
    case dynamic
}
