import ArkaDocuments
import ArkaModel
import ArkaRules

extension RecordValue {
    /// Takes a YAML value for a JSON one.
    ///
    /// What is written without quotes is a number if JSON would take it for one, and null, true or
    /// false by these words; everything else is a text. A number without an exact value is marked as
    /// such.
    init(_ node: YAMLNode) {
        switch node.kind {
        case .scalar(let scalar): self.init(scalar)
        case .sequence(let items): self = .array(items.map { RecordValue($0) })
        case .mapping(let entries):
            let members = entries.map { (Array($0.key.utf8), RecordValue($0.value)) }
            self = .object(Dictionary(members) { _, last in last })
        }
    }

    private init(_ scalar: YAMLScalar) {
        guard scalar.style == .plain else {
            self = .string(Array(scalar.text.utf8))
            return
        }
        if scalar.isNull {
            self = .null
        } else if scalar.text == "true" || scalar.text == "false" {
            self = .boolean(scalar.text == "true")
        } else {
            self.init(plain: scalar.text)
        }
    }

    private init(plain text: String) {
        do throws(NumeralFailure) {
            self = .number(try ExactDecimal(text))
        } catch {
            self = error == .outOfRange ? .outOfRange : .string(Array(text.utf8))
        }
    }

    /// As a schema names it; `nil` for what it cannot name.
    var schemaConstant: SchemaConstant? {
        switch self {
        case .null: .null
        case .boolean(let value): .boolean(value)
        case .number(let value): .number(value)
        case .string(let bytes): .string(bytes)
        case .object, .array, .duplicate, .outOfRange: nil
        }
    }
}
