import ArkaModel
import PactPlugins

/// Calls one function with what it must refuse.
struct FunctionTrial {
    private let function: RegisteredFunction
    private let harness: PluginTestHarness
    private(set) var findings: [String] = []

    init(_ function: RegisteredFunction, _ harness: PluginTestHarness) {
        self.function = function
        self.harness = harness
    }

    mutating func run() async {
        let signature = function.signature
        if signature.summary.isEmpty { note("it has no description") }
        for parameter in signature.parameters { checkDefault(of: parameter) }
        let requestsBefore = harness.http.requests.count
        for parameter in signature.parameters where parameter.isRequired {
            await checkRefused([:], parameter, "a call without")
        }
        for parameter in signature.parameters {
            guard let wrong = parameter.schema.wrongValue else { continue }
            await checkRefused([parameter.name: wrong], parameter, "a wrong type for")
        }
        if harness.http.requests.count != requestsBefore {
            note("bad input causes requests to outside services")
        }
    }

    /// A default goes over the wire and through caches as JSON, so it must come back as it was.
    private mutating func checkDefault(of parameter: FunctionSignature.Parameter) {
        guard let text = parameter.defaultValue else { return }
        guard let value = try? PluginValue(json: text), value.jsonText == text else {
            note("the default of '\(parameter.name)' is no neutral JSON: \(text)")
            return
        }
    }

    /// The other required parameters get values that fit, as far as their schema tells.
    private mutating func checkRefused(
        _ given: [String: PluginValue], _ parameter: FunctionSignature.Parameter, _ what: String
    ) async {
        var arguments = given
        for other in function.signature.parameters
        where other.isRequired && other.name != parameter.name {
            arguments[other.name] = other.schema.fittingValue
        }
        let answer = await answer(to: arguments)
        if answer.isSuccess { return note("\(what) '\(parameter.name)' is not refused") }
        if answer.error?.contains(parameter.name) != true {
            note("the refusal of \(what) '\(parameter.name)' does not name it")
        }
        if (try? PluginValue(json: answer.value.json)) != answer.value {
            note("its answer is no neutral JSON")
        }
    }

    private func answer(to arguments: [String: PluginValue]) async -> FunctionAnswer {
        do {
            return try await harness.host.dispatch.call(
                function.signature.name, kind: function.signature.kind, arguments,
                MockContext().pluginContext)
        } catch {
            return FunctionAnswer(isSuccess: false, error: "\(error)")
        }
    }

    private mutating func note(_ finding: String) {
        findings.append("\(function.signature.name): \(finding)")
    }
}

extension RecordSchema {
    /// A value that the schema does not allow; `nil` if it allows every type.
    fileprivate var wrongValue: PluginValue? {
        guard case .constrained(let constraint) = self else { return nil }
        let samples: [(JSONTypes, PluginValue)] = [
            (.object, ["unexpected": true]), (.boolean, true), (.number, 0.5), (.string, "text"),
            (.array, [["unexpected": true]]),
        ]
        return samples.first { constraint.types.isDisjoint(with: $0.0) }?.1
    }

    /// A value of a type that the schema allows.
    fileprivate var fittingValue: PluginValue {
        guard case .constrained(let constraint) = self else { return [:] }
        if let first = constraint.allowed?.first { return first.pluginValue }
        let types = constraint.types
        if types.contains(.string) { return "text" }
        if types.contains(.integer) || types.contains(.number) { return 1 }
        if types.contains(.boolean) { return true }
        return types.contains(.array) ? [] : [:]
    }
}

extension SchemaConstant {
    fileprivate var pluginValue: PluginValue {
        switch self {
        case .null: .null
        case .boolean(let value): .boolean(value)
        case .number(let value): .number(value)
        case .string(let bytes): .string(String(decoding: bytes, as: UTF8.self))
        }
    }
}
