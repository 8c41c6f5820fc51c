extension Program {
    /// The line that asks the completion script for file names.
    static let filesRequest = "\u{1}files"

    /// Candidates for the last word, one a line, as `word` or `word<TAB>note`.
    /// - Parameter words: The command line up to the cursor without the program's name; the last word
    ///   is the one to complete and may be empty.
    func completions(for words: [String]) -> [String] {
        var before = words.dropLast()[...]
        var current = words.last ?? ""
        // bash breaks words at equals signs: `--format=ta` arrives as `--format`, `=`, `ta`.
        if current == "=" { current = "" } else if before.last == "=" { before.removeLast() }
        var command = root
        while let word = before.first,
            let next = command.subcommands.first(where: { $0.name == word })
        {
            command = next
            before.removeFirst()
        }
        guard command.subcommands.isEmpty else {
            guard before.isEmpty else { return [] }
            return command.subcommands.filter { $0.name.hasPrefix(current) }
                .map { "\($0.name)\t\($0.summary)" }
        }
        return completions(of: current, after: before, for: command)
    }

    private func completions(
        of current: String, after before: ArraySlice<String>, for command: Command
    ) -> [String] {
        if let last = before.last, let spec = option(last, of: command), spec.kind == .option {
            return values(of: spec, startingWith: current)
        }
        if let equals = current.firstIndex(of: "="),
            let spec = option(String(current[..<equals]), of: command)
        {
            let written = String(current[current.index(after: equals)...])
            let head = current[...equals]
            return values(of: spec, startingWith: written)
                .map { $0 == Self.filesRequest ? $0 : head + $0 }
        }
        if current.hasPrefix("-") {
            let options =
                command.options.map { ($0.label, $0.help) } + [("--help", "Show the help")]
            return options.filter { $0.0.hasPrefix(current) }.map { "\($0.0)\t\($0.1)" }
        }
        guard let place = place(after: before, in: command) else { return [] }
        return values(of: place, startingWith: current)
    }

    /// The positional argument whose turn it is.
    private func place(after before: ArraySlice<String>, in command: Command) -> ArgumentSpec? {
        var count = 0
        var isValue = false
        for word in before {
            if isValue {
                isValue = false
            } else if word == "-" || !word.hasPrefix("-") {
                count += 1
            } else {
                isValue = option(word, of: command)?.kind == .option
            }
        }
        let places = command.positionals
        if count < places.count { return places[count] }
        return places.last.flatMap { $0.isRepeatable ? $0 : nil }
    }

    private func option(_ word: String, of command: Command) -> ArgumentSpec? {
        command.options.first { spec in
            spec.label == word || spec.short.map { "-\($0)" == word } ?? false
        }
    }

    private func values(of spec: ArgumentSpec, startingWith prefix: String) -> [String] {
        switch spec.candidates {
        case .any: []
        case .files: [Self.filesRequest]
        case .oneOf(let words): words.filter { $0.hasPrefix(prefix) }
        }
    }
}
