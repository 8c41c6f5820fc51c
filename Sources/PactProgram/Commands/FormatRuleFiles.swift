import ArkaCommandLine
import ArkaEngine
import ArkaJSON
import ArkaModel
import ArkaRules
import ArkaSystem

/// Formats the files, or says which ones are not formatted.
/// - Returns: 0, or 1 if a file has an error, or is not formatted and was only to be checked.
func formatRuleFiles(_ options: RulesFormatCommand.Options) throws -> Int32 {
    if options.paths.contains("-") { return try formatStandardInput(options) }
    var result = FormattingResult()
    for path in try ruleFiles(options.paths) {
        do throws(SystemError) {
            let bytes = try readFile(path, limit: EngineLimits.documentBytes)
            guard let text = result.add(path, bytes), !options.onlyChecks else { continue }
            try replaceFile(path, with: text)
        } catch {
            result.fail(path, error)
        }
    }
    return result.report(options)
}

/// Standard input is a filter's: its text goes to standard output, so nothing else may.
private func formatStandardInput(_ options: RulesFormatCommand.Options) throws -> Int32 {
    guard options.paths == ["-"] else {
        throw UsageError(.unexpectedArgument, "'-' stands alone: its text is printed")
    }
    guard options.onlyChecks || !options.asJSON else {
        throw UsageError(
            .unexpectedArgument, "'-' with --json needs --check: otherwise the text is printed")
    }
    var result = FormattingResult()
    let bytes = try readFile("-", limit: EngineLimits.documentBytes)
    let text = result.add("standard input", bytes)
    if !options.onlyChecks, !result.hasProblems {
        let output = try FileWriter(path: "-")
        try output.write(text ?? bytes)
        try output.close()
        return 0
    }
    return result.report(options)
}

/// The files that the user means, each once.
private func ruleFiles(_ paths: [String]) throws -> [String] {
    var files: [String] = []
    for path in paths {
        if isDirectory(path) {
            let found = try regularFiles(below: path, ending: ".pact")
            if found.isEmpty { throw UsageError(.wrongValue, "no rule file lies below '\(path)'") }
            files += found
        } else if path.hasSuffix(".pact") {
            files.append(path)
        } else {
            throw UsageError(
                .wrongValue, "'\(path)' is neither a directory nor named like a rule file (*.pact)")
        }
    }
    var seen: Set<String> = []
    return files.filter { seen.insert($0).inserted }
}

/// What came of the files so far.
private struct FormattingResult {
    private var changed: [String] = []
    private var diagnostics: [Diagnostic] = []
    private var failures: [SystemError] = []

    /// Whether something went wrong; a file that is not formatted is no error.
    var hasProblems: Bool { !diagnostics.isEmpty || !failures.isEmpty }

    /// Formats a file's text.
    /// - Returns: The new text; `nil` if it is the old one or there is none.
    mutating func add(_ name: String, _ bytes: [UInt8]) -> [UInt8]? {
        switch formatRules(SourceText(name: name, utf8: bytes)) {
        case .refused(let found):
            diagnostics += found
            return nil
        case .text(let text):
            guard text != bytes else { return nil }
            changed.append(name)
            return text
        }
    }

    /// Notes that a file cannot be read or replaced.
    mutating func fail(_ name: String, _ error: SystemError) {
        changed.removeAll { $0 == name }
        failures.append(error)
    }

    /// Prints the files that changed or would, and all that is wrong with others.
    func report(_ options: RulesFormatCommand.Options) -> Int32 {
        if options.asJSON {
            StandardStream.output.writeAll(json() + [UInt8(ascii: "\n")])
        } else {
            StandardStream.output.write(changed.map { $0 + "\n" }.joined())
            StandardStream.error.write(
                (diagnostics.map { $0.rendered() + "\n" } + failures.map { "pact: \($0)\n" })
                    .joined())
        }
        return hasProblems || options.onlyChecks && !changed.isEmpty ? 1 : 0
    }

    /// `arka.formatting/1`.
    private func json() -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.name("schema")
        json.string("arka.formatting/1")
        json.name("changed")
        json.beginArray()
        for name in changed { json.string(name) }
        json.endArray()
        json.name("failures")
        json.beginArray()
        for failure in failures { append(failure, to: &json) }
        json.endArray()
        json.appendMembers(of: diagnostics)
        json.endObject()
        return json.bytes
    }

    private func append(_ failure: SystemError, to json: inout JSONWriter) {
        json.beginObject()
        for (name, text) in [
            ("code", failure.code.description), ("file", failure.subject),
            ("message", failure.reason),
        ] {
            json.name(name)
            json.string(text)
        }
        json.endObject()
    }
}
