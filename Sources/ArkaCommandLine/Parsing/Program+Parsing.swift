/// What a command line asks for.
enum Parsed {
    /// Run this.
    case run(Command.Action, ParsedArguments)
    /// Print the help of the command that was reached.
    case help
    /// Print the version.
    case version
    /// Only a group was named.
    case nothingToDo
}

extension Program {
    /// Finds the command that the first words name, and reads the rest for it.
    /// - Parameter path: Gets the commands passed on the way, the root first, also if this throws.
    func parse(_ words: [String], path: inout [Command]) throws(UsageError) -> Parsed {
        var rest = words[...]
        var command = root
        while !command.subcommands.isEmpty, let word = rest.popFirst() {
            switch word {
            case "--help", "-h": return .help
            case "--version" where path.count == 1: return .version
            case "help":
                rest.append("--help")
                continue
            default: break
            }
            guard let next = command.subcommands.first(where: { $0.name == word }) else {
                throw unknown(word, in: command)
            }
            path.append(next)
            command = next
        }
        guard let action = command.action else { return .nothingToDo }
        var parser = ArgumentParser(command)
        guard let arguments = try parser.parse(rest) else { return .help }
        return .run(action, arguments)
    }

    private func unknown(_ word: String, in command: Command) -> UsageError {
        guard word.hasPrefix("-") else {
            return UsageError(
                .unknownCommand, "unknown command '\(word)'", near: word,
                among: command.subcommands.map(\.name))
        }
        return UsageError(
            .unknownOption, "unknown option '\(word)'", near: word, among: ["--help", "--version"])
    }
}
