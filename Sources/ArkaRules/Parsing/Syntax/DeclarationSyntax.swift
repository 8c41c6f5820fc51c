import ArkaModel

/// What stands at the top of a file besides rules.
enum DeclarationSyntax {
    case list(ListSyntax)
    case constant(ConstantSyntax)

    /// The name of a constant.
    var constantName: String? {
        guard case .constant(let constant) = self else { return nil }
        return constant.name.text
    }
}

/// `list name = [ … ]` or `list name from "file" column "name"`.
struct ListSyntax {
    /// Where the values stand.
    enum Source {
        case values([ExpressionSyntax])
        case file(NameSyntax, column: NameSyntax?)
        /// It was reported.
        case reported
    }

    let name: NameSyntax
    let source: Source
}

/// `const name = value`
struct ConstantSyntax {
    let name: NameSyntax
    let value: ExpressionSyntax
}
