/// Where a program's texts go; the tests keep them.
public struct Console: Sendable {
    /// Takes a text for standard output, line end included.
    public let output: @Sendable (String) -> Void
    /// Takes a text for standard error, line end included.
    public let error: @Sendable (String) -> Void

    /// Names the two places.
    public init(
        output: @escaping @Sendable (String) -> Void, error: @escaping @Sendable (String) -> Void
    ) {
        self.output = output
        self.error = error
    }
}

/// A whole command line: the root of the tree of commands.
///
/// Adds what every program has: `--help` and `help` at any depth, `--version`, `completion SHELL`, and
/// the hidden `__complete` that completion scripts ask.
public struct Program: Sendable {
    let version: String
    let root: Command

    /// Declares a program.
    /// - Parameters:
    ///   - name: The word by which it is called.
    ///   - version: What `--version` prints after the name.
    public init(_ name: String, version: String, _ summary: String, _ commands: [Command]) {
        self.version = version
        root = Command(name, summary, commands + [Self.completionCommand])
    }

    /// Declared for its help and completion; ``run(_:on:)`` performs it, since only the program knows
    /// its own name.
    private static let completionCommand = Command(
        "completion", "Print the completion script of a shell",
        examples: [
            .init(". <(pact completion bash)", "Completes words in this bash session."),
            .init(
                "pact completion fish > ~/.config/fish/completions/pact.fish",
                "Completes words in every fish session."),
        ], arguments: [completionShell]
    ) { _ in 0 }

    static let completionShell = Argument<String>.positional(
        "shell", candidates: .oneOf(CompletionShell.allCases.map(\.rawValue)),
        help: "The shell that will read the script")

    /// Parses the words, runs the command, and reports what goes wrong.
    /// - Parameters:
    ///   - words: The command line without the program's own name.
    ///   - console: Where help and messages go.
    /// - Returns: The command's exit code; 2 for a usage error, 1 for any other error it throws.
    public func run(_ words: [String], on console: Console) -> Int32 {
        if words.first == "__complete" {
            let candidates = completions(for: Array(words.dropFirst()))
            console.output(candidates.map { $0 + "\n" }.joined())
            return 0
        }
        var path = [root]
        do {
            return try perform(parse(words, path: &path), path, console)
        } catch let error as UsageError {
            let command = path.map(\.name).joined(separator: " ")
            console.error("\(root.name): \(error)\nSee '\(command) --help'.\n")
            return 2
        } catch {
            console.error("\(root.name): \(error)\n")
            return 1
        }
    }

    private func perform(_ parsed: Parsed, _ path: [Command], _ console: Console) throws -> Int32 {
        switch parsed {
        case .help: console.output(helpText(for: path))
        case .version: console.output("\(root.name) \(version)\n")
        case .run(_, let arguments) where path.last?.name == "completion" && path.count == 2:
            let name = arguments[Self.completionShell]
            guard let shell = CompletionShell(rawValue: name) else { return 2 }
            console.output(shell.script(for: root.name))
        case .run(let action, let arguments): return try action(arguments)
        case .nothingToDo:
            console.error(helpText(for: path))
            return 2
        }
        return 0
    }
}
