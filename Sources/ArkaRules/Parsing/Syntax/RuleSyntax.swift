import ArkaModel

/// A rule as written.
struct RuleSyntax {
    let name: NameSyntax
    var attributes: [ArgumentSyntax] = []
    /// The lines of `when`.
    var statements: [StatementSyntax] = []
    /// The lines of `then`.
    var actions: [ActionSyntax] = []
    /// Whether something in it could not be read, was reported, and is missing here.
    var isDamaged = false
}

/// A name and its place.
struct NameSyntax {
    let text: String
    let range: SourceRange
}

/// `name: value` in attributes and actions.
struct ArgumentSyntax {
    let name: NameSyntax
    let value: ExpressionSyntax
}

/// A line of `when`.
enum StatementSyntax {
    /// `let name = value`
    case binding(NameSyntax, ExpressionSyntax)
    /// A condition that must hold.
    case condition(ExpressionSyntax)
}

/// A line of `then`: `name(argument: value, …)` or `plugin.name.function(argument: value, …)`.
struct ActionSyntax {
    /// One name, or those of a plugin's function.
    let path: [StepSyntax]
    let arguments: [ArgumentSyntax]
    /// From the first name to the closing bracket.
    let range: SourceRange
}
