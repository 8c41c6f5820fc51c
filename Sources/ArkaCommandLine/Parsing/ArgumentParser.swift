/// Reads the words after a command's name.
struct ArgumentParser {
    private let command: Command
    private var arguments = ParsedArguments()
    private var places: ArraySlice<ArgumentSpec>
    private var words: ArraySlice<String> = []

    init(_ command: Command) {
        self.command = command
        places = command.positionals[...]
    }

    /// - Returns: `nil` if help was asked for.
    mutating func parse(_ words: ArraySlice<String>) throws(UsageError) -> ParsedArguments? {
        self.words = words
        var onlyPositionals = false
        while let word = self.words.popFirst() {
            if onlyPositionals || word == "-" || !word.hasPrefix("-") {
                try readPositional(word)
            } else if word == "--" {
                onlyPositionals = true
            } else if word == "--help" || word == "-h" {
                return nil
            } else if word.hasPrefix("--") {
                try readLong(word)
            } else {
                try readShort(word)
            }
        }
        try checkRequired()
        return arguments
    }

    private mutating func readPositional(_ word: String) throws(UsageError) {
        guard let place = places.first else {
            throw UsageError(.unexpectedArgument, "unexpected argument '\(word)'")
        }
        try store(word, in: place)
        if !place.isRepeatable { places.removeFirst() }
    }

    /// `--name`, `--name value`, `--name=value`.
    private mutating func readLong(_ word: String) throws(UsageError) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let label = String(parts[0])
        guard let spec = command.options.first(where: { $0.label == label }) else {
            throw UsageError(
                .unknownOption, "unknown option '\(label)'", near: label,
                among: command.options.map(\.label) + ["--help"])
        }
        let attached = parts.count > 1 ? String(parts[1]) : nil
        if spec.kind == .flag {
            guard attached == nil else {
                throw UsageError(.unexpectedValue, "\(label) takes no value")
            }
            try store("", in: spec)
        } else {
            try store(try value(attached, of: spec, writtenAs: label), in: spec)
        }
    }

    /// `-v`, `-vq`, `-n5`, `-n 5`.
    private mutating func readShort(_ word: String) throws(UsageError) {
        var letters = word.dropFirst()
        while let letter = letters.popFirst() {
            guard let spec = command.options.first(where: { $0.short == letter }) else {
                throw UsageError(.unknownOption, "unknown option '-\(letter)'")
            }
            if spec.kind == .flag {
                try store("", in: spec)
                continue
            }
            let attached = letters.isEmpty ? nil : String(letters)
            try store(try value(attached, of: spec, writtenAs: "-\(letter)"), in: spec)
            return
        }
    }

    /// The value of an option: attached to it, or the next word. A next word that looks like an
    /// option is one: `--input --output x` forgot a value. `--input=--x` says that it is meant.
    private mutating func value(
        _ attached: String?, of spec: ArgumentSpec, writtenAs label: String
    ) throws(UsageError) -> String {
        if let attached { return attached }
        guard let next = words.first, next == "-" || !next.hasPrefix("-") || Int(next) != nil
        else { throw UsageError(.missingValue, "\(label) needs a value: \(spec.placeholder)") }
        words.removeFirst()
        return next
    }

    private mutating func store(_ word: String, in spec: ArgumentSpec) throws(UsageError) {
        let value: any Sendable
        do throws(UsageError) {
            value = try spec.read(word)
        } catch {
            throw error.about(spec.label)
        }
        try arguments.add(value, to: spec)
    }

    private func checkRequired() throws(UsageError) {
        for spec in command.arguments where spec.isRequired && !arguments.has(spec) {
            throw UsageError(.missingArgument, "\(spec.label) is missing: \(spec.help)")
        }
    }
}
