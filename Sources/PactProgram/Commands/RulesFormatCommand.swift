import ArkaCommandLine

/// `pact rules fmt`: brings rule files into the one form of the language.
enum RulesFormatCommand {
    /// What the user asked for.
    struct Options: Sendable {
        /// Rule files and directories, or `-` for standard input.
        let paths: [String]
        /// Whether files are only looked at.
        let onlyChecks: Bool
        /// Whether the result is JSON.
        let asJSON: Bool
    }

    private static let paths = Argument<[String]>.positionals(
        "paths", candidates: .files,
        help: "Rule files, directories with rule files at any depth, or - for standard input")
    private static let check = Argument<Bool>.flag(
        "check", help: "Change nothing; list the files that would change and exit with 1")

    /// Declares the command.
    static func command(_ run: @escaping @Sendable (Options) throws -> Int32) -> Command {
        Command(
            "fmt", "Format rule files in place",
            examples: [
                .init(
                    "pact rules fmt topologies/card-payments",
                    "Formats every *.pact file below the directory and lists those it changed."),
                .init(
                    "pact rules fmt --check rules",
                    "Fails where a file is not formatted, for a check before a merge."),
                .init(
                    "pact rules fmt - < new.pact",
                    "Prints the formatted text, as editors want it."),
            ], arguments: [paths, check, SharedArguments.json]
        ) { given in
            try run(
                Options(
                    paths: given[paths], onlyChecks: given[check],
                    asJSON: given[SharedArguments.json]))
        }
    }
}
