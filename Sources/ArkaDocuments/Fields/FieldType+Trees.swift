extension FieldType where Value == YAMLNode {
    /// Any value at all, handed on as it stands: for values whose meaning the document cannot know,
    /// such as a record.
    /// - Parameter description: What it stands for, for the documentation.
    public static func anything(_ description: String) -> FieldType<YAMLNode> {
        FieldType(shape: .anything(description)) { node, reading in
            reading.keepLikelySecrets(node)
            return node
        } write: { _ in
            nil
        }
    }
}

extension FieldType {
    /// A mapping that may hold others of its own kind.
    ///
    /// Its keys are documented where it stands first; here a few words point there. The section is
    /// made when a value is read, so it may name itself; the depth of documents bounds how often.
    /// - Parameter description: What it is, for the documentation.
    public static func nested(
        _ description: String, _ section: @escaping @Sendable () -> Section<Value>
    ) -> FieldType<Value> {
        FieldType(shape: .nested(description)) { node, reading in
            section().read(node, &reading)
        } write: { _ in
            nil
        }
    }
}
