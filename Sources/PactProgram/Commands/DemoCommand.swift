import ArkaCommandLine

/// `pact demo`: shows the engine at work, with a broker inside the program.
enum DemoCommand {
    /// Declares the command.
    static func command(_ run: @escaping @Sendable () throws -> Int32) -> Command {
        Command(
            "demo", "Watch sample payments being decided, without a cluster",
            examples: [
                .init(
                    "pact demo",
                    "Decides sample payments through a broker in this program, and shows a table.")
            ]
        ) { _ in try run() }
    }
}
