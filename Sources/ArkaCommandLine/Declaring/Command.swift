/// A command of the program, or a group of commands: declared once for parsing, help and completion.
public struct Command: Sendable {
    /// A line that a user could type, and what it does.
    public struct Example: Sendable {
        let line: String
        let note: String

        /// Shows a use of a command.
        public init(_ line: String, _ note: String) {
            self.line = line
            self.note = note
        }
    }

    /// What a command does with its arguments; returns the exit code. Thrown errors end with 1, a
    /// thrown ``UsageError`` with 2.
    public typealias Action = @Sendable (ParsedArguments) throws -> Int32

    /// The word that names it.
    public let name: String
    let summary: String
    let examples: [Example]
    let subcommands: [Command]
    let arguments: [ArgumentSpec]
    let action: Action?

    /// Declares a command.
    /// - Parameters:
    ///   - summary: One sentence for the list of commands and the head of its help.
    ///   - arguments: All of them; positional ones in their order, an optional or repeated one last.
    public init(
        _ name: String, _ summary: String, examples: [Example],
        arguments: [any DeclaredArgument] = [], action: @escaping Action
    ) {
        self.name = name
        self.summary = summary
        self.examples = examples
        self.arguments = arguments.map(\.spec)
        self.action = action
        subcommands = []
        checkArguments()
    }

    /// Declares a group of commands, which does nothing by itself.
    public init(_ name: String, _ summary: String, _ subcommands: [Command]) {
        self.name = name
        self.summary = summary
        self.subcommands = subcommands
        examples = []
        arguments = []
        action = nil
        precondition(!subcommands.isEmpty, "the group '\(name)' is empty")
        precondition(
            Set(subcommands.map(\.name)).count == subcommands.count,
            "the group '\(name)' has a command twice")
    }

    /// Options and flags, in the order of the help.
    var options: [ArgumentSpec] { arguments.filter { $0.kind != .positional } }
    /// Words in their places.
    var positionals: [ArgumentSpec] { arguments.filter { $0.kind == .positional } }

    /// A wrong declaration is a bug of the program.
    private func checkArguments() {
        precondition(
            Set(arguments.map(\.name)).count == arguments.count,
            "the command '\(name)' declares an argument twice")
        let shorts = arguments.compactMap(\.short)
        precondition(
            Set(shorts).count == shorts.count, "the command '\(name)' has a short name twice")
        precondition(
            positionals.dropLast().allSatisfy { $0.isRequired && !$0.isRepeatable },
            "only the last positional of '\(name)' may be optional or repeated")
    }
}
