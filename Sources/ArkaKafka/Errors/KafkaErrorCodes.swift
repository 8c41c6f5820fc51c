public import ArkaModel

/// The codes of this target; meaning and remedy stand in `docs/spec/error-codes.md`.
extension DiagnosticCode {
    /// No broker is named.
    public static let noBootstrap = DiagnosticCode("KAFKA", 1)
    /// A librdkafka property may not be passed through.
    public static let refusedProperty = DiagnosticCode("KAFKA", 2)
    /// librdkafka does not know a property or does not accept its value.
    public static let invalidProperty = DiagnosticCode("KAFKA", 3)
    /// No broker answered.
    public static let brokerUnreachable = DiagnosticCode("KAFKA", 4)
    /// A topic does not exist.
    public static let missingTopic = DiagnosticCode("KAFKA", 5)
    /// The broker does not allow what the engine must do.
    public static let notAuthorised = DiagnosticCode("KAFKA", 6)
    /// The broker did not accept the credentials.
    public static let authenticationFailed = DiagnosticCode("KAFKA", 7)
    /// SCRAM cannot work with this librdkafka and Kafka 4.
    public static let scramNeedsNewerLibrary = DiagnosticCode("KAFKA", 8)
    /// Another process of the group has this instance id.
    public static let instanceTaken = DiagnosticCode("KAFKA", 9)
    /// The folder of the instance slots cannot be used.
    public static let unusableDataDirectory = DiagnosticCode("KAFKA", 10)
    /// A committed offset is no longer, or not yet, in the partition.
    public static let offsetOutOfRange = DiagnosticCode("KAFKA", 11)
    /// A partition cannot be read.
    public static let partitionUnreadable = DiagnosticCode("KAFKA", 12)
    /// Every assigned partition stands still.
    public static let everythingStandsStill = DiagnosticCode("KAFKA", 13)
    /// A rival keeps taking a lane's transactional id.
    public static let fencedAgain = DiagnosticCode("KAFKA", 14)
    /// Transactions are refused.
    public static let transactionsRefused = DiagnosticCode("KAFKA", 15)
    /// A lane did not let go of its partitions in time.
    public static let laneOverran = DiagnosticCode("KAFKA", 16)
    /// A part of the client did not close in time.
    public static let closeOverran = DiagnosticCode("KAFKA", 17)
    /// The group does not take this member any more.
    public static let memberEnded = DiagnosticCode("KAFKA", 18)
    /// A topic cannot be created.
    public static let topicNotCreated = DiagnosticCode("KAFKA", 19)
    /// The embedded broker did not start.
    public static let embeddedBrokerFailed = DiagnosticCode("KAFKA", 20)
    /// A request was refused or not answered.
    public static let requestFailed = DiagnosticCode("KAFKA", 21)
    /// A topic refuses what is written, whatever becomes of it.
    public static let recordsRefused = DiagnosticCode("KAFKA", 22)
    /// The committed offsets are held back by a transaction that nobody ends.
    public static let offsetsHeldBack = DiagnosticCode("KAFKA", 23)
    /// The audit topic has too few partitions, or takes too small records.
    public static let auditTopicUnfit = DiagnosticCode("KAFKA", 24)
    /// The audit topic holds what no chain of this topology can go on from.
    public static let auditTopicForeign = DiagnosticCode("KAFKA", 25)
    /// The end of a chain cannot be told, since a transaction is open that nobody ends.
    public static let auditHeldBack = DiagnosticCode("KAFKA", 26)
}
