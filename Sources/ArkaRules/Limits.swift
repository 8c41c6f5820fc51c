/// The bounds of the rule language. Each is far above what people write and far below what would
/// exhaust a stack or a machine; reaching one is a diagnostic.
enum Limits {
    /// Bytes of one rule file. Token offsets are 32 bits wide, and 5,000 rules need under 2 MB.
    static let sourceBytesMax = 16 << 20
    /// Brackets, `not` and unary minus within each other, where the parser recurses.
    static let nestingMax = 100
    /// Texts within values within texts, where the scanner of texts recurses.
    static let textNestingMax = 8
    /// The largest index of an array's element: each one that rules name is decoded by itself.
    static let elementIndexMax = 255
    /// Height of an expression with its `let`s filled in, where everything after the parser
    /// recurses. A chain `a + b + …` is as high as it is long.
    static let expressionHeightMax = 256
    /// Operations of one rule with its `let`s filled in: a `let` that uses another one twice
    /// doubles, so a few lines could ask for more predicates than memory holds.
    static let ruleOperationsMax = 20_000
    /// Constants of a list that weigh as much as one operation: they are sorted, and that is all.
    static let listElementsPerOperation = 64
    /// `let`s of one rule. Each is compared with the names of the others.
    static let letsPerRuleMax = 256
    /// Values in `a ?? b ?? …`; a comparison of two such chains tries all pairs.
    static let alternativesMax = 16
    /// Decimals that `round` and its kin may ask for: all that an exact decimal has.
    static let decimalsMax = 18
    /// Arguments of `min` and `max`.
    static let argumentsMax = 16
    /// Diagnostics reported of one file; who has more has one cause for most of them.
    static let diagnosticsPerFileMax = 200
}
