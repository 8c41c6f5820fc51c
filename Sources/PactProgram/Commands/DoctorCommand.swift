import ArkaCommandLine

/// `pact doctor`: says what is missing on this machine or cluster.
enum DoctorCommand {
    /// What the user asked for.
    struct Options: Sendable {
        /// The topology whose cluster is looked at; `nil` looks at this machine only.
        let topology: String?
        /// `key=value` as given by `--set`.
        let overrides: [String]
        /// Whether the result is JSON.
        let asJSON: Bool
    }

    /// Declares the command.
    static func command(_ run: @escaping @Sendable (Options) throws -> Int32) -> Command {
        Command(
            "doctor", "Say what is missing on this machine or cluster",
            examples: [
                .init(
                    "pact doctor", "Names the versions of the libraries and what they cannot do."),
                .init(
                    "pact doctor topologies/card-payments",
                    "Also asks the brokers: missing topics with the command to create them, and ACLs."
                ),
            ],
            arguments: [
                SharedArguments.optionalTopology, SharedArguments.settings, SharedArguments.json,
            ]
        ) { given in
            try run(
                Options(
                    topology: given[SharedArguments.optionalTopology],
                    overrides: given[SharedArguments.settings].map { "\($0.key)=\($0.value)" },
                    asJSON: given[SharedArguments.json]))
        }
    }
}
