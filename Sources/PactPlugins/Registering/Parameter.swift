public import ArkaModel

/// A parameter of a function: its name, its type, and what it may be.
///
/// It is required unless it has a default or is of an optional type.
public struct Parameter<Value: PluginArgument>: FunctionInput {
    /// What rules are checked against.
    public let declared: FunctionSignature.Parameter?
    /// What the parameter means.
    public let summary: String
    /// What the value must be besides its type.
    public let checks: [InputCheck]

    private let name: String
    /// What the author says of the value; `nil` if the type says it all.
    private let schema: RecordSchema?
    private let standIn: Value?

    /// Declares a parameter.
    /// - Parameters:
    ///   - name: Its name in snake_case, as rules give it.
    ///   - type: Its type; optional if it may be missing.
    ///   - summary: What it means.
    ///   - standIn: What it is where a call does not give it.
    ///   - checks: What it must be besides, such as `.oneOf(["individual", "organization"])`.
    ///   - schema: What the value must be, where the type does not say it, such as the properties of an
    ///     object.
    public init(
        _ name: String, _ type: Value.Type = Value.self, _ summary: String,
        default standIn: Value? = nil, _ checks: InputCheck..., schema: RecordSchema? = nil
    ) {
        self.init(name, summary, standIn, checks, schema)
    }

    /// Declares a parameter whose name says what it means.
    public init(
        _ name: String, _ type: Value.Type = Value.self, default standIn: Value? = nil,
        _ checks: InputCheck..., schema: RecordSchema? = nil
    ) {
        self.init(name, "", standIn, checks, schema)
    }

    private init(
        _ name: String, _ summary: String, _ standIn: Value?, _ checks: [InputCheck],
        _ schema: RecordSchema?
    ) {
        self.name = name
        self.summary = summary
        self.checks = checks
        self.schema = schema
        self.standIn = standIn
        declared = FunctionSignature.Parameter(
            name, schema ?? Value.schema, isRequired: standIn == nil && !Value.mayBeMissing,
            defaultValue: standIn?.pluginValue.jsonText)
    }

    /// Reads the next argument; notes what is wrong with it.
    public func take(from reader: inout ArgumentReader) -> Value? {
        guard let given = reader.next() else {
            if let standIn { return standIn }
            if declared?.isRequired == false { return try? Value(pluginValue: .null) }
            reader.note("\(name) is missing")
            return nil
        }
        do throws(ArgumentMismatch) {
            let value = try Value(pluginValue: given)
            if let mismatch = schema?.mismatch(of: given) { throw mismatch }
            return value
        } catch {
            reader.note(error.below(.name(name)).description)
            return nil
        }
    }
}

/// Asks for the context: who calls. It is no parameter, so rules do not give it.
public struct Context: FunctionInput {
    /// Rules do not see it.
    public var declared: FunctionSignature.Parameter? { nil }
    /// It needs no explanation.
    public var summary: String { "" }
    /// There is nothing to check.
    public var checks: [InputCheck] { [] }

    /// Asks for the context.
    public init() {}

    /// Takes the context of the call.
    public func take(from reader: inout ArgumentReader) -> PluginContext? { reader.context }
}

/// What a function's code is given one of: a parameter, or the context.
public protocol FunctionInput<Value>: Sendable {
    /// The type that the code sees.
    associatedtype Value: Sendable
    /// What rules are checked against; `nil` where they do not give it.
    var declared: FunctionSignature.Parameter? { get }
    /// What it means.
    var summary: String { get }
    /// What it must be besides its type.
    var checks: [InputCheck] { get }
    /// Reads the value out of a call; `nil` if there is none, and then the reader has a note of why.
    func take(from reader: inout ArgumentReader) -> Value?
}

/// Goes through the arguments of one call, and notes everything that is wrong with them.
public struct ArgumentReader: Sendable {
    let context: PluginContext
    private(set) var problems: [String] = []
    private let arguments: [PluginValue?]
    private var index = 0

    init(_ call: FunctionCall) {
        context = call.context
        arguments = call.arguments
    }

    mutating func next() -> PluginValue? {
        defer { index += 1 }
        return index < arguments.count ? arguments[index] : nil
    }

    mutating func note(_ problem: String) { problems.append(problem) }
}
