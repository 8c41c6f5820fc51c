extension Argument where Value == Bool {
    /// Declares an option without a value.
    public static func flag(
        _ name: String, short: Character? = nil, help: String
    ) -> Argument<Bool> {
        let spec = ArgumentSpec(
            kind: .flag, name: name, short: short, placeholder: "", help: help, defaultText: nil,
            isRequired: false, isRepeatable: false, candidates: .any
        ) { _ throws(UsageError) in true }
        return Argument(spec: spec, fallback: false)
    }
}

extension Argument where Value: ArgumentValue {
    /// Declares an option that must be given, or has a default.
    public static func option(
        _ name: String, short: Character? = nil, value placeholder: String? = nil,
        default fallback: Value? = nil, candidates: Candidates = .any, help: String
    ) -> Argument {
        let spec = ArgumentSpec(
            kind: .option, name: name, short: short,
            placeholder: placeholder ?? Value.placeholder, help: help,
            defaultText: fallback.map { "\($0)" }, isRequired: fallback == nil,
            isRepeatable: false, candidates: candidates,
            read: reader(of: Value.self, candidates))
        return Argument(spec: spec, fallback: fallback)
    }

    /// Declares a word that must stand in its place.
    public static func positional(
        _ name: String, candidates: Candidates = .any, help: String
    ) -> Argument {
        let spec = ArgumentSpec(
            kind: .positional, name: name, short: nil, placeholder: name.uppercased(), help: help,
            defaultText: nil, isRequired: true, isRepeatable: false, candidates: candidates,
            read: reader(of: Value.self, candidates))
        return Argument(spec: spec, fallback: nil)
    }
}

extension Argument {
    /// Declares an option that may be left out.
    public static func option<Wrapped: ArgumentValue>(
        optional name: String, short: Character? = nil, value placeholder: String? = nil,
        candidates: Candidates = .any, help: String
    ) -> Argument where Value == Wrapped? {
        let spec = ArgumentSpec(
            kind: .option, name: name, short: short,
            placeholder: placeholder ?? Wrapped.placeholder, help: help, defaultText: nil,
            isRequired: false, isRepeatable: false, candidates: candidates,
            read: reader(of: Wrapped.self, candidates))
        return Argument(spec: spec, fallback: .some(nil))
    }

    /// Declares a word at the end that may be left out.
    public static func positional<Wrapped: ArgumentValue>(
        optional name: String, candidates: Candidates = .any, help: String
    ) -> Argument where Value == Wrapped? {
        let spec = ArgumentSpec(
            kind: .positional, name: name, short: nil, placeholder: name.uppercased(), help: help,
            defaultText: nil, isRequired: false, isRepeatable: false, candidates: candidates,
            read: reader(of: Wrapped.self, candidates))
        return Argument(spec: spec, fallback: .some(nil))
    }

    /// Declares an option that may be given any number of times.
    public static func options<Element: ArgumentValue>(
        _ name: String, value placeholder: String? = nil, help: String
    ) -> Argument where Value == [Element] {
        let spec = ArgumentSpec(
            kind: .option, name: name, short: nil,
            placeholder: placeholder ?? Element.placeholder, help: help, defaultText: nil,
            isRequired: false, isRepeatable: true, candidates: .any,
            read: reader(of: Element.self, .any))
        return Argument(spec: spec, fallback: [])
    }

    /// Declares words at the end, at least one.
    public static func positionals<Element: ArgumentValue>(
        _ name: String, candidates: Candidates = .any, help: String
    ) -> Argument where Value == [Element] {
        let spec = ArgumentSpec(
            kind: .positional, name: name, short: nil, placeholder: name.uppercased(), help: help,
            defaultText: nil, isRequired: true, isRepeatable: true, candidates: candidates,
            read: reader(of: Element.self, candidates))
        return Argument(spec: spec, fallback: [])
    }
}

private func reader<Value: ArgumentValue>(
    of type: Value.Type, _ candidates: Candidates
) -> @Sendable (String) throws(UsageError) -> any Sendable {
    { word throws(UsageError) in
        if case .oneOf(let words) = candidates, !words.contains(word) {
            throw UsageError(
                .valueNotAllowed, "'\(word)' is not one of \(words.joined(separator: ", "))",
                near: word, among: words)
        }
        guard let value = Value.read(word) else {
            throw UsageError(.wrongValue, "'\(word)' is not \(Value.description)")
        }
        return value
    }
}
