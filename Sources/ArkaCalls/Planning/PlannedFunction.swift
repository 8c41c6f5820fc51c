import ArkaModel
import ArkaResilience
import PactPlugins

/// A function that rules call, with everything that its calls have in common.
struct PlannedFunction: Sendable {
    let registered: RegisteredFunction
    let policy: CallPolicy
    let shape: CallKeyShape
    /// What each parameter is given where a rule gives nothing; `nil` for nothing.
    let defaults: [DefaultArgument?]

    var path: String { registered.signature.path }

    var isImmediate: Bool { registered.form.isImmediate }
}

/// How a call of the rule book comes by what the function takes.
struct PlannedArguments: Sendable {
    /// The function, as its index in the plan.
    let function: Int
    /// For each parameter the argument that the rule gives, as its index among the call's; -1 where it
    /// gives none.
    let sources: [Int]
}

/// The default of a parameter, for the function and for the key.
struct DefaultArgument: Sendable {
    let value: PluginValue
    /// What a key holds where it is a text, list or object.
    private let bytes: [UInt8]

    init(_ value: PluginValue) {
        self.value = value
        bytes = if case .string(let text) = value { Array(text.utf8) } else { value.json }
    }

    /// Adds it to a key as the same value would be that a rule gives.
    func add(_ parameter: Int, to writer: inout CallKeyWriter) {
        switch value {
        case .string: writer.add(parameter, text: bytes.span)
        case .number(let number): writer.add(parameter, decimal: number)
        case .boolean(let truth): writer.add(parameter, truth: truth)
        case .null, .array, .object: writer.add(parameter, document: bytes.span)
        }
    }
}
