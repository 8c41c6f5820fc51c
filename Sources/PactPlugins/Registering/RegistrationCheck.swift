import ArkaModel

/// Looks through everything that a plugin declares and notes what is wrong with it.
struct RegistrationCheck {
    private let metadata: PluginMetadata
    private(set) var problems: [RegistrationProblem] = []

    init(_ metadata: PluginMetadata) {
        self.metadata = metadata
    }

    mutating func check(_ functions: [DeclaredFunction]) {
        checkMetadata()
        if functions.isEmpty {
            note(.pluginEmpty, "the plugin declares no function; list one in `functions`")
        }
        var seen: Set<String> = []
        for function in functions {
            let name = function.signature.name
            checkName(name, of: "a function", in: function)
            if !seen.insert(name).inserted {
                note(.pluginDuplicate, "two functions have this name; rename one", in: function)
            }
            checkParameters(of: function)
            checkSettings(of: function)
            checkInputSchema(of: function)
        }
    }

    mutating func checkMetadata() {
        if !metadata.name.isName(separators: "-_") {
            note(
                .pluginMetadata,
                "the plugin's name '\(shown(metadata.name))' must be lower case letters, digits, "
                    + "'-' and '_', a letter first, such as 'sanctions-list'")
        }
        if SemanticVersion(metadata.version) == nil {
            note(
                .pluginMetadata,
                "the version '\(shown(metadata.version))' must be three numbers, such as '1.0.0'")
        }
        for problem in metadata.configJSONSchema.map({ DeclaredSchema($0).problems }) ?? [] {
            note(.pluginSchema, "`configJSONSchema` is not taken, \(problem)")
        }
    }

    /// Only what the schema names itself: what it refers to may be there for other reasons.
    private mutating func checkInputSchema(of function: DeclaredFunction) {
        guard let declared = function.inputSchema else { return }
        for problem in declared.problems {
            note(.pluginSchema, "`inputSchema` is not taken, \(problem)", in: function)
        }
        var seen = Set(function.signature.parameters.map(\.name))
        for name in declared.names where seen.insert(name).inserted {
            noteUnknown(name, "`inputSchema`", in: function)
        }
    }

    private mutating func checkParameters(of function: DeclaredFunction) {
        let parameters = function.signature.parameters
        var seen: Set<String> = []
        for parameter in parameters {
            checkName(parameter.name, of: "a parameter", in: function)
            if !seen.insert(parameter.name).inserted {
                note(
                    .pluginDuplicate, "two parameters are named '\(shown(parameter.name))'",
                    in: function)
            }
            checkDefault(of: parameter, in: function)
        }
        for entry in function.validator.entries {
            guard let parameter = parameters.first(where: { $0.name == entry.parameter }) else {
                noteUnknown(entry.parameter, "a check", in: function)
                continue
            }
            checkChecks(entry.checks, of: parameter, in: function)
        }
        for name in function.settings.cacheKey ?? [] where !seen.contains(name) {
            noteUnknown(name, "the cache key", in: function)
        }
    }

    /// A default that the function's own checks refuse would fail every call that relies on it.
    private mutating func checkDefault(
        of parameter: FunctionSignature.Parameter, in function: DeclaredFunction
    ) {
        guard let text = parameter.defaultValue, let value = try? PluginValue(json: text) else {
            return
        }
        for problem in function.validator.problems(in: [parameter.name: value]) {
            note(.pluginContradiction, "the default is refused: \(problem)", in: function)
        }
    }

    private mutating func checkChecks(
        _ checks: [InputCheck], of parameter: FunctionSignature.Parameter,
        in function: DeclaredFunction
    ) {
        guard case .constrained(let constraint) = parameter.schema else { return }
        for check in checks where check.types.isDisjoint(with: constraint.types) {
            note(
                .pluginContradiction,
                "a check of '\(shown(parameter.name))' is for other types than \(parameter.schema.described)",
                in: function)
        }
    }

    private mutating func checkSettings(of function: DeclaredFunction) {
        let settings = function.settings
        if settings.timeout <= .zero {
            note(.pluginSetting, "`timeout` must be more than zero", in: function)
        }
        if settings.cacheTTL < .zero {
            note(.pluginSetting, "`cacheTTL` must be zero, for no caching, or more", in: function)
        }
        if settings.attemptsMax < 1 {
            note(
                .pluginSetting, "`maxRetries` counts all attempts and must be 1 or more",
                in: function)
        }
        if settings.cacheKey == [], !function.signature.parameters.isEmpty {
            note(
                .pluginSetting,
                "an empty cache key gives all calls one answer; name parameters, or "
                    + "leave it out to use all", in: function)
        }
        if function.form.itemsMax < 1 {
            note(.pluginSetting, "`itemsMax` must be 1 or more", in: function)
        }
    }

    private mutating func checkName(
        _ name: String, of what: String, in function: DeclaredFunction
    ) {
        if name.isName(separators: "_") { return }
        let problem =
            name.isEmpty
            ? "\(what) has an empty name"
            : "\(what) is named '\(shown(name))'; rules write snake_case: lower case letters, digits "
                + "and '_', a letter first"
        note(.pluginName, problem, in: function)
    }

    private mutating func noteUnknown(
        _ name: String, _ what: String, in function: DeclaredFunction
    ) {
        let names = function.signature.parameters.map(\.name)
        let hint =
            nearName(to: name, among: names).map { "did you mean '\($0)'?" }
            ?? "it has \(names.isEmpty ? "none" : names.joined(separator: ", "))"
        note(
            .pluginUnknownParameter,
            "\(what) names '\(shown(name))', which is no parameter; \(hint)", in: function)
    }

    private mutating func note(
        _ code: DiagnosticCode, _ message: String, in function: DeclaredFunction? = nil
    ) {
        var place = shown(metadata.name)
        if let function { place += "." + shown(function.signature.name) }
        problems.append(RegistrationProblem(code: code, place: place, message: message))
    }
}

extension String {
    /// Whether it is lower case letters, digits and some separators, with a letter first.
    fileprivate func isName(separators: String) -> Bool {
        guard let first = utf8.first, UInt8(ascii: "a")...UInt8(ascii: "z") ~= first else {
            return false
        }
        return utf8.allSatisfy { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
                || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || separators.utf8.contains(byte)
        }
    }
}
