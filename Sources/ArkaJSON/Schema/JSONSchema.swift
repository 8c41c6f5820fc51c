public import ArkaModel

/// A JSON Schema of the draft 2020-12, ready to hold values against.
///
/// What is not supported is refused by name when the schema is read, never ignored: `$dynamicRef`,
/// `$vocabulary`, references out of the document, patterns that need more than linear time, formats that
/// are not checked, keywords that nobody knows. Numbers are compared exactly; texts are equal if their
/// bytes are, and as long as they have Unicode scalars.
public struct JSONSchema: Sendable {
    /// What `format` is taken for.
    public enum Formats: Sendable, Hashable {
        /// Texts must be of the format; one that is not checked is refused when the schema is read.
        case checked
        /// A remark for readers, as the draft has it unless asked for more.
        case annotations
    }

    /// All schemas of the document; the first is the whole.
    let subschemas: [Subschema]
    let limits: SchemaLimits
    /// Whether any schema asks what others have looked at.
    let tracksEvaluated: Bool

    /// What came of reading a schema.
    public struct Reading: Sendable {
        /// The schema; `nil` if anything is wrong with it.
        public let schema: JSONSchema?
        /// Everything that is wrong with it.
        public let diagnostics: [Diagnostic]
    }

    /// Reads a schema from a text.
    public static func read(
        _ source: SourceText, formats: Formats = .checked, limits: SchemaLimits = SchemaLimits()
    ) -> Reading {
        let document = parseJSON(source, limits: JSONLimits(bytesMax: limits.bytesMax))
        guard let root = document.root else {
            return Reading(schema: nil, diagnostics: document.diagnostics)
        }
        return read(root, in: source, formats: formats, limits: limits)
    }

    /// Reads a schema that is part of a document.
    public static func read(
        _ node: JSONNode, in source: SourceText, formats: Formats = .checked,
        limits: SchemaLimits = SchemaLimits()
    ) -> Reading {
        var compiler = SchemaCompiler(source: source, formats: formats, limits: limits)
        return compiler.read(node)
    }

    /// Everything that is wrong with a value; empty if it is as the schema says.
    ///
    /// At most ``SchemaLimits/problemsMax``; no value is named, only places, kinds and what was expected.
    public func problems(in instance: JSONInstance) -> [SchemaProblem] {
        var validation = SchemaValidation(self, instance)
        return validation.run(quietly: false)
    }

    /// Whether a value is as the schema says; quicker than asking why not.
    public func accepts(_ instance: JSONInstance) -> Bool {
        var validation = SchemaValidation(self, instance)
        return validation.run(quietly: true).isEmpty
    }

    /// Everything that is wrong with a value of a document.
    public func problems(in node: JSONNode) -> [SchemaProblem] { problems(in: JSONInstance(node)) }
}

extension JSONSchema {
    /// The members that the schema names in `properties`, in their order; those of schemas that it refers
    /// to or combines are not among them.
    public var propertyNames: [String] {
        subschemas[0].keywords.flatMap { keyword -> [String] in
            if case .members(let members) = keyword { members.names } else { [] }
        }
    }

    /// The members that the schema names in `required`, likewise.
    public var requiredNames: [String] {
        subschemas[0].keywords.flatMap { keyword -> [String] in
            if case .required(let names) = keyword { names } else { [] }
        }
    }
}
