import ArkaModel

/// A mapping with declared keys, and the value that it is read into.
public struct Section<Root: Sendable>: Sendable {
    /// The value without any key: holds every default.
    let blank: Root
    /// The keys in the order in which they are documented.
    let fields: [Field<Root>]

    /// Declares a section.
    /// - Parameters:
    ///   - blank: The value without any key; required fields hold anything.
    ///   - fields: Its keys; no name twice.
    public init(_ blank: Root, _ fields: [Field<Root>]) {
        let names = Set(fields.map(\.declaration.name))
        precondition(names.count == fields.count, "a section declares a key twice")
        self.blank = blank
        self.fields = fields
    }

    /// What is declared about each key: the hook for `config docs` and JSON schemas.
    public var declarations: [FieldDeclaration] {
        fields.map { field in
            var declaration = field.declaration
            declaration.defaultText = declaration.defaultText ?? field.write(blank)
            return declaration
        }
    }

    /// Reads a mapping and reports everything wrong in it.
    func read(_ node: YAMLNode, _ reading: inout DocumentReading) -> Root? {
        var root = blank
        return read(node, into: &root, &reading) ? root : nil
    }

    /// Reads a mapping into a value that holds something already, and reports everything wrong in it.
    /// - Returns: Whether it is a mapping.
    @discardableResult
    func read(
        _ node: YAMLNode, into root: inout Root, _ reading: inout DocumentReading
    ) -> Bool {
        guard let entries = reading.entries(node) else { return false }
        for entry in entries {
            guard let field = fields.first(where: { $0.declaration.name == entry.key }) else {
                reading.refuseUnknown(entry, among: fields.lazy.map(\.declaration.name))
                continue
            }
            reading.entering("." + entry.key, entry.value, key: entry.keyPlace) { reading in
                field.read(&root, entry.value, &reading)
            }
        }
        let given = Set(entries.map(\.key))
        for field in fields where field.declaration.isRequired {
            let name = field.declaration.name
            if !given.contains(name) { reading.reportMissing(name, in: node) }
        }
        return true
    }
}
