/// What a plugin's function takes and answers.
public struct FunctionSignature: Sendable, Hashable {
    /// What a function is for; decides where in a rule it may be called.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Looks something up; called in `when`.
        case dataSource = "data_source"
        /// Adds to what is known of a transaction; called in `when`.
        case enrichment
        /// Judges something; called in `when`.
        case validation
        /// Acts outside; called in `then`, only where the rule fired.
        case action
    }

    /// One parameter.
    public struct Parameter: Sendable, Hashable {
        /// Its name; calls name all their arguments.
        public var name: String
        /// What a value must be.
        public var schema: RecordSchema
        /// Whether a call must give it.
        public var isRequired: Bool
        /// What the function takes where a call does not give it, as JSON; `nil` for nothing.
        public var defaultValue: String?

        /// Makes a parameter.
        public init(
            _ name: String, _ schema: RecordSchema = .any, isRequired: Bool = true,
            defaultValue: String? = nil
        ) {
            self.name = name
            self.schema = schema
            self.isRequired = isRequired
            self.defaultValue = defaultValue
        }
    }

    /// The plugin's name as rules write it: `sanctions_list` for `sanctions-list`.
    public var plugin: String
    /// The function's own name.
    public var name: String
    /// What it is for.
    public var kind: Kind
    /// What it does, in a sentence.
    public var summary: String
    /// Its parameters in the order declared.
    public var parameters: [Parameter]
    /// What rules see of an answer; `.any` where nothing is declared.
    public var result: RecordSchema

    /// Makes a signature.
    public init(
        plugin: String, name: String, kind: Kind, summary: String = "",
        parameters: [Parameter] = [], result: RecordSchema = .any
    ) {
        self.plugin = plugin
        self.name = name
        self.kind = kind
        self.summary = summary
        self.parameters = parameters
        self.result = result
    }

    /// As a rule calls it, such as `plugin.sanctions_list.check_sanctions`.
    public var path: String { "plugin.\(plugin).\(name)" }
}
