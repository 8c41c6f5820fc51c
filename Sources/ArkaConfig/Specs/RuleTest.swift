public import ArkaModel
public import ArkaRules

/// A file of rule tests: transactions, what functions answer, and what must become of them.
public struct RuleTestFile: Sendable {
    /// `metadata.name`
    public var name: String
    /// The path by which the file was read.
    public var path: String
    /// What is tested.
    public var rules: TestedRules
    /// The tests in the order written.
    public var tests: [RuleTest]
}

/// Where the rules are that a file tests.
public enum TestedRules: Sendable, Hashable {
    /// A topology document.
    case topology(String)
    /// The topology in the nearest folder above.
    case nearestTopology
    /// Rule files by themselves.
    case files(RuleFileSet)
}

/// Rule files without a topology, and what they lean on. All paths can be opened as they are.
public struct RuleFileSet: Sendable, Hashable {
    /// The rule files, in their order.
    public var rules: [String]
    /// The record schema; `nil` for none.
    public var schema: String?
    /// Documents of `kind: FunctionTable`.
    public var functions: [String]
    /// As in a topology.
    public var onUnknown: OnUnknown?

    /// Names rule files.
    public init(
        rules: [String], schema: String? = nil, functions: [String] = [],
        onUnknown: OnUnknown? = nil
    ) {
        self.rules = rules
        self.schema = schema
        self.functions = functions
        self.onUnknown = onUnknown
    }
}

/// A transaction and what must become of it.
public struct RuleTest: Sendable {
    /// What the test shows, a sentence.
    public var name: String
    /// Where it stands.
    public var place: SourcePlace
    /// The transaction.
    public var transaction: TestedTransaction
    /// What functions answer.
    public var mocks: [CallMock]
    /// What must become of it.
    public var expectation: RuleExpectation
}

/// A record and what surrounds it.
public struct TestedTransaction: Sendable {
    /// The record's bytes, as they would stand in the topic.
    public var bytes: [UInt8]
    /// What they say; `nil` where they are no JSON.
    public var value: RecordValue?
    /// What the engine would know besides.
    public var surroundings: TestedSurroundings

    /// Makes a transaction; `value` is what the bytes say.
    public init(bytes: [UInt8], value: RecordValue?, surroundings: TestedSurroundings) {
        self.bytes = bytes
        self.value = value
        self.surroundings = surroundings
    }
}

/// What the engine would know of a transaction besides its record, as far as a test says.
public struct TestedSurroundings: Sendable, Hashable {
    /// The record's timestamp in milliseconds since 1970: its event time where it has none of its own.
    public var timestamp: Int64?
    /// Instead of the topology's own.
    public var jurisdiction: String?
    /// Instead of the topology's source topic.
    public var topic: String?
    /// The record's partition.
    public var partition: Int
    /// The record's offset.
    public var offset: Int

    /// Knows nothing.
    public init(
        timestamp: Int64? = nil, jurisdiction: String? = nil, topic: String? = nil,
        partition: Int = 0, offset: Int = 0
    ) {
        self.timestamp = timestamp
        self.jurisdiction = jurisdiction
        self.topic = topic
        self.partition = partition
        self.offset = offset
    }
}
