import ArkaModel

/// What stands at the top of a file besides rules.
enum DeclarationSyntax {
    case list(ListSyntax)
    case constant(ConstantSyntax)

    var name: NameSyntax {
        switch self {
        case .list(let list): list.name
        case .constant(let constant): constant.name
        }
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
