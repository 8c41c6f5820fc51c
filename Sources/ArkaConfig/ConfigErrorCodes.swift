public import ArkaModel

extension DiagnosticCode {
    /// A file that a document names cannot be read.
    public static let configFile = DiagnosticCode("CONF", 1)
    /// A pattern for files matches none.
    public static let configNoFiles = DiagnosticCode("CONF", 2)
    /// A property for librdkafka that the delivery promise rests on.
    public static let configKafkaProperty = DiagnosticCode("CONF", 3)
    /// Two fields contradict each other.
    public static let configConflict = DiagnosticCode("CONF", 4)
    /// A path into records that the record schema does not know.
    public static let configRecordPath = DiagnosticCode("CONF", 5)
    /// A command that needs brokers has none.
    public static let configNoBrokers = DiagnosticCode("CONF", 6)
    /// The name of a root is not a word that rules can use.
    public static let configRootName = DiagnosticCode("CONF", 7)
    /// Rules call functions, and the command cannot make calls.
    public static let configCalls = DiagnosticCode("CONF", 8)
    /// A function table declares a function, a parameter or a plugin in a way that rules cannot use.
    public static let configFunction = DiagnosticCode("CONF", 9)
    /// A rule test or a mock says something that its rules or functions cannot come to.
    public static let configRuleTest = DiagnosticCode("CONF", 10)
    /// A plugin or a function of it that is not there, or a name that rules cannot use.
    public static let configPlugin = DiagnosticCode("CONF", 11)
    /// A function may take longer than decisions wait for it.
    public static let configBudget = DiagnosticCode("CONF", 12)
    /// A bound of a plugin that nothing holds it to, or that leaves nothing.
    public static let configSandbox = DiagnosticCode("CONF", 20)

    /// A keyword of JSON Schema that records are not checked by.
    public static let schemaKeyword = DiagnosticCode("SCHEMA", 1)
    /// A keyword has a value that it cannot have.
    public static let schemaValue = DiagnosticCode("SCHEMA", 2)
    /// The schema is of another draft.
    public static let schemaDraft = DiagnosticCode("SCHEMA", 3)
    /// No record is an object by this schema.
    public static let schemaNoObject = DiagnosticCode("SCHEMA", 4)
}
