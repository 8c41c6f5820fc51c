/// The bounds of what documents name. Those of their texts are `DocumentLimits` and `JSONLimits`.
enum ConfigLimits {
    /// Rule files of a topology. A pattern can match a whole directory of something else.
    static let ruleFilesMax = 1_000
    /// Function tables of a topology: one for each plugin.
    static let functionTablesMax = 1_000
}
