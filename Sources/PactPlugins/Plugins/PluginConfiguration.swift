import ArkaModel

/// A plugin's part of the configuration: a mapping of names to values.
public struct PluginConfiguration: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// The whole mapping.
    public let values: PluginValue

    /// Takes a mapping; anything else counts as an empty one.
    public init(_ values: PluginValue = [:]) {
        self.values = .object(values.members)
    }

    /// Takes a mapping; a value that is absent is `null`.
    public init(dictionaryLiteral members: (String, PluginValue?)...) {
        var values: PluginValue = [:]
        for (name, value) in members { values[name] = value ?? .null }
        self.values = values
    }

    /// What is configured under a name; `nil` for nothing.
    public subscript(name: String) -> PluginValue? { values[name] }

    /// Reads what must be configured; optional types accept that it is not.
    /// - Throws: ``ConfigurationProblem`` that names it.
    public func read<Value: PluginArgument>(
        _ name: String, as type: Value.Type = Value.self
    ) throws(ConfigurationProblem) -> Value {
        do throws(ArgumentMismatch) {
            return try values.read(name)
        } catch {
            throw ConfigurationProblem(error, near: nearName(to: name))
        }
    }

    /// The name that stands there where another one is missing and may be meant by it.
    private func nearName(to name: String) -> String? {
        guard values[name] == nil else { return nil }
        return ArkaModel.nearName(to: name, among: values.members.map(\.name))
    }

    /// Reads what may be configured.
    /// - Throws: ``ConfigurationProblem`` that names it, if it is of another type.
    public func read<Value: PluginArgument>(
        _ name: String, default standIn: Value
    ) throws(ConfigurationProblem) -> Value {
        do throws(ArgumentMismatch) {
            return try values.read(name, default: standIn)
        } catch {
            throw ConfigurationProblem(error)
        }
    }
}

/// A plugin cannot work with its configuration.
public struct ConfigurationProblem: Error, Hashable, CustomStringConvertible {
    /// What is wrong, and where.
    public let description: String

    /// Describes a problem; values that may be secret do not belong into it.
    public init(_ description: String) {
        self.description = description
    }

    /// - Parameter near: A name that stands there and may be a slip of the pen for the one missing.
    init(_ mismatch: ArgumentMismatch, near: String? = nil) {
        let hint = near.map { "; there is '\(shown($0))' instead" } ?? ""
        description = "in the plugin's configuration, \(mismatch)\(hint)"
    }
}
