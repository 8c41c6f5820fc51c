import ArkaJSON
import ArkaModel

/// A JSON Schema (2020-12) as a plugin declares it in its source, read once. A class, so that functions
/// which carry one stay small.
final class DeclaredSchema: Sendable {
    /// What values are held against; `nil` if the text is no schema that we can.
    let schema: JSONSchema?
    /// What is wrong with it, each with line and column.
    let problems: [String]

    init(_ text: String) {
        let reading = JSONSchema.read(SourceText(name: "schema", text: text))
        schema = reading.schema
        problems = reading.diagnostics.map { problem in
            let place = "\(problem.position.line):\(problem.position.column)"
            let expectation = problem.expectation.map { "; expected \($0)" } ?? ""
            let suggestion = problem.suggestion.map { "; did you mean '\($0)'?" } ?? ""
            return "at \(place): \(problem.message)\(expectation)\(suggestion)"
        }
    }

    /// The members that it names at its outermost level: what arguments it means.
    var names: [String] { (schema?.propertyNames ?? []) + (schema?.requiredNames ?? []) }

    /// Everything that is wrong with a value, never with the value itself.
    func problems(with value: PluginValue) -> [String] {
        guard let schema else { return [] }
        return schema.problems(in: JSONInstance(value)).map(\.description)
    }

    /// Everything that is wrong with the arguments of a call. One that is missing, or `null` where it may
    /// be missing, is not there.
    func problems(
        with arguments: [PluginValue?], of parameters: [FunctionSignature.Parameter]
    ) -> [String] {
        guard let schema else { return [] }
        var instance = JSONInstance()
        var members: [(name: String, value: JSONInstance.ID)] = []
        for (parameter, argument) in zip(parameters, arguments) {
            guard let argument, argument != .null || parameter.isRequired else { continue }
            members.append((parameter.name, instance.add(argument)))
        }
        _ = instance.object(members)
        return schema.problems(in: instance).map(\.description)
    }
}

extension JSONInstance {
    /// Takes a plugin's value.
    init(_ value: PluginValue) {
        self.init()
        _ = add(value)
    }

    fileprivate mutating func add(_ value: PluginValue) -> ID {
        switch value {
        case .null: return null()
        case .boolean(let value): return boolean(value)
        case .number(let value):
            return number(JSONNumber(value.scaled, timesTenTo: -ExactDecimal.fractionDigits))
        case .string(let text): return string(text)
        case .array(let elements):
            let ids = elements.map { add($0) }
            return array(ids)
        case .object(let members):
            let ids = members.map { (name: $0.name, value: add($0.value)) }
            return object(ids)
        }
    }
}
