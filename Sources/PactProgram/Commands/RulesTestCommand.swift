import ArkaCommandLine

/// `pact rules test`: runs the tests that stand beside rules.
enum RulesTestCommand {
    /// What the user asked for.
    struct Options: Sendable {
        /// Test files, or directories with test files at any depth.
        let paths: [String]
        /// Whether the result is JSON.
        let asJSON: Bool
        /// Where a report for build servers goes; `nil` for none.
        let junitFile: String?
    }

    private static let paths = Argument<[String]>.positionals(
        "paths", candidates: .files,
        help: "Test files (*.test.yaml), or directories with test files at any depth")
    private static let junit = Argument<String?>.option(
        optional: "junit", value: "FILE", candidates: .files,
        help: "Write the result as JUnit XML too, for build servers")

    /// Declares the command.
    static func command(_ run: @escaping @Sendable (Options) throws -> Int32) -> Command {
        Command(
            "test", "Run the tests that stand beside rules",
            examples: [
                .init(
                    "pact rules test topologies/plugin-guide",
                    "Runs every *.test.yaml below the directory; calls get the answers written there."
                ),
                .init(
                    "pact rules test rules/cards.test.yaml --json",
                    "Runs one file and prints what came of each test as JSON."),
                .init(
                    "pact rules test . --junit report.xml",
                    "Writes a report that build servers show."),
            ], arguments: [paths, SharedArguments.json, junit]
        ) { given in
            try run(
                Options(
                    paths: given[paths], asJSON: given[SharedArguments.json],
                    junitFile: given[junit]))
        }
    }
}
