public import ArkaModel

extension DiagnosticCode {
    static let pluginLoad = DiagnosticCode("PLUGIN", 20)
}

/// A plugin cannot be loaded, or does not start.
public struct PluginLoadError: Error, Hashable, CustomStringConvertible {
    /// The plugin's reference, such as `pact/sanctions-list`.
    public let reference: String
    /// What keeps it from working, for its operator.
    public let reason: String
    /// The code, as `docs/spec/error-codes.md` lists it.
    public let code: DiagnosticCode

    /// Makes an error of a plugin that does not work, `ARKA-PLUGIN-0020`.
    public init(reference: String, reason: String) {
        self.init(reference: reference, reason: reason, code: .pluginLoad)
    }

    /// Makes an error with a code of its own.
    public init(reference: String, reason: String, code: DiagnosticCode) {
        self.reference = reference
        self.reason = reason
        self.code = code
    }

    /// Says both, and the code.
    public var description: String {
        "the plugin '\(shown(reference))' cannot be used: \(reason) [\(code)]"
    }
}
