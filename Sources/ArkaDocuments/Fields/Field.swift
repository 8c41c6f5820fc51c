/// A key of a section, declared once: from this come reading, checking and documentation.
public struct Field<Root: Sendable>: Sendable {
    /// What is declared, except the default, which is the section's.
    let declaration: FieldDeclaration
    /// Reads a value into the section's result.
    let read: @Sendable (inout Root, YAMLNode, inout DocumentReading) -> Void
    /// The value of a result as a document writes it.
    let write: @Sendable (Root) -> String?

    /// Declares a field.
    /// - Parameters:
    ///   - name: The key, in snake_case.
    ///   - type: The type of its values.
    ///   - path: Where the value goes. What stands there in the section's blank is the default.
    ///   - isRequired: Whether the section is wrong without it.
    ///   - isSecret: Whether its value is never printed.
    ///   - alternative: The key in whose place it stands, if there is one. It is for documentation: whoever
    ///     uses what was read checks it.
    ///   - absence: What holds without it, where that is not a value of its type.
    ///   - example: A value as people write it.
    ///   - summary: What it does, in one or two sentences.
    public init<Value: Sendable>(
        _ name: String, _ type: FieldType<Value>,
        into path: any WritableKeyPath<Root, Value> & Sendable, isRequired: Bool = false,
        isSecret: Bool = false, insteadOf alternative: String? = nil, absence: String? = nil,
        example: String? = nil, _ summary: String
    ) {
        declaration = FieldDeclaration(
            name: name, shape: type.shape, isRequired: isRequired,
            defaultText: absence.map { "(\($0))" }, example: example, isSecret: isSecret,
            alternative: alternative, summary: summary)
        read = { root, node, reading in
            if isSecret { reading.keepSecret(node) }
            if let value = type.read(node, &reading) { root[keyPath: path] = value }
        }
        write = { root in
            isRequired || isSecret ? nil : type.write(root[keyPath: path])
        }
    }

    private init(
        _ declaration: FieldDeclaration,
        read: @escaping @Sendable (inout Root, YAMLNode, inout DocumentReading) -> Void,
        write: @escaping @Sendable (Root) -> String?
    ) {
        self.declaration = declaration
        self.read = read
        self.write = write
    }

    /// Declares a mapping that is read into a part which others write to as well: what it does not name
    /// stays as it is.
    static func inPlace<Part: Sendable>(
        _ name: String, _ section: Section<Part>,
        of path: any WritableKeyPath<Root, Part> & Sendable, _ summary: String
    ) -> Field<Root> {
        let declaration = FieldDeclaration(
            name: name, shape: .section(section.declarations), isRequired: true, defaultText: nil,
            example: nil, isSecret: false, summary: summary)
        return Field(declaration) { root, node, reading in
            section.read(node, into: &root[keyPath: path], &reading)
        } write: { _ in
            nil
        }
    }

    /// The same key where its section's result is a part of something else.
    func lifted<Outer: Sendable>(
        into path: any WritableKeyPath<Outer, Root> & Sendable
    ) -> Field<Outer> {
        let (read, write) = (self.read, self.write)
        return Field<Outer>(declaration) { outer, node, reading in
            read(&outer[keyPath: path], node, &reading)
        } write: { outer in
            write(outer[keyPath: path])
        }
    }

    /// Declares a field that has no value where the document does not give it one.
    ///
    /// The arguments are those of the other initialiser; `absence` says what holds instead.
    public init<Value: Sendable>(
        _ name: String, _ type: FieldType<Value>,
        into path: any WritableKeyPath<Root, Value?> & Sendable, isSecret: Bool = false,
        insteadOf alternative: String? = nil, absence: String, example: String? = nil,
        _ summary: String
    ) {
        self.init(
            name, type.optional, into: path, isSecret: isSecret, insteadOf: alternative,
            absence: absence, example: example, summary)
    }
}
