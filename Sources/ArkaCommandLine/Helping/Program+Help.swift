extension Program {
    /// The help of the last command of a path.
    func helpText(for path: [Command]) -> String {
        guard let command = path.last else { return "" }
        var text = command.summary + ".\n\n" + usage(of: command, path)
        text += table("Commands", command.subcommands.map { ($0.name, $0.summary) })
        text += table("Arguments", command.positionals.map { ($0.placeholder, describe($0)) })
        var options = command.options.map { (label(of: $0), describe($0)) }
        options.append(("-h, --help", "Show this help"))
        if path.count == 1 { options.append(("    --version", "Show the version")) }
        text += table("Options", options)
        if !command.examples.isEmpty {
            text += "\nExamples:\n"
            text += command.examples.map { "  \($0.line)\n      \($0.note)\n" }.joined()
        }
        return text
    }

    private func usage(of command: Command, _ path: [Command]) -> String {
        var words = ["Usage:"] + path.map(\.name)
        if !command.subcommands.isEmpty { words.append("COMMAND") }
        for spec in command.options where spec.isRequired {
            words.append("\(spec.label) \(spec.placeholder)")
        }
        if command.options.contains(where: { !$0.isRequired }) { words.append("[OPTIONS]") }
        for spec in command.positionals {
            let word = spec.placeholder + (spec.isRepeatable ? "..." : "")
            words.append(spec.isRequired ? word : "[\(word)]")
        }
        return words.joined(separator: " ") + "\n"
    }

    private func label(of spec: ArgumentSpec) -> String {
        let short = spec.short.map { "-\($0), " } ?? "    "
        return short + spec.label + (spec.kind == .option ? " \(spec.placeholder)" : "")
    }

    private func describe(_ spec: ArgumentSpec) -> String {
        var text = spec.help
        if case .oneOf(let words) = spec.candidates {
            text += " (\(words.joined(separator: ", ")))"
        }
        if let defaultText = spec.defaultText { text += " (default: \(defaultText))" }
        if spec.kind == .option, spec.isRepeatable { text += " (may be repeated)" }
        return text
    }

    private func table(_ title: String, _ rows: [(name: String, text: String)]) -> String {
        guard !rows.isEmpty else { return "" }
        let width = min(30, (rows.map(\.name.count).max() ?? 0) + 2)
        var text = "\n\(title):\n"
        for row in rows {
            // A name too long for the column gets a line of its own.
            let pad = row.name.count + 2 <= width ? width - row.name.count : nil
            text += "  " + row.name
            text += pad.map { String(repeating: " ", count: $0) } ?? "\n  " + blank(width)
            text += row.text + "\n"
        }
        return text
    }

    private func blank(_ width: Int) -> String { String(repeating: " ", count: width) }
}
