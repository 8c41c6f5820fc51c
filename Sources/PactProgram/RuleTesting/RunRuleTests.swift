import ArkaCommandLine
import ArkaEngine
import ArkaModel
import ArkaSystem

/// Runs the tests and reports what came of them.
/// - Returns: 0, or 1 if a test failed or a file has an error.
func runRuleTests(
    _ options: RulesTestCommand.Options, _ plugins: PluginRegistry
) throws -> Int32 {
    let paths = try ruleTestFiles(options.paths)
    var session = RuleTestSession(
        files: .system, environment: Child.currentEnvironment, plugins: plugins.linked)
    let time = SystemTime()
    let columns = StandardStream.error.columns
    var line = ProgressLine(
        "rules test", unit: "files", columns: columns ?? 80, now: time.monotonic)
    var results: [RuleTestFileResult] = []
    for path in paths {
        results.append(session.run(path))
        guard columns != nil else { continue }
        let text = line.update(
            count: results.count, fraction: Double(results.count) / Double(paths.count),
            now: time.monotonic)
        if let text { StandardStream.error.write(text) }
    }
    StandardStream.error.write(line.clear())
    let report = RuleTestReport(files: results, coverage: session.coverage)
    if let path = options.junitFile {
        let file = try FileWriter(path: path)
        try file.write(Array(report.junit.utf8))
        try file.close()
    }
    if options.asJSON {
        StandardStream.output.writeAll(report.json + [UInt8(ascii: "\n")])
    } else {
        StandardStream.error.write(report.diagnostics.map { $0.rendered() + "\n" }.joined())
        StandardStream.output.write(report.text)
    }
    return report.hasFailures ? 1 : 0
}

/// The test files that the user means, each once.
private func ruleTestFiles(_ paths: [String]) throws -> [String] {
    let ending = ".test.yaml"
    var files: [String] = []
    for path in paths {
        if isDirectory(path) {
            let found = try regularFiles(below: path, ending: ending)
            if found.isEmpty {
                throw UsageError(.wrongValue, "no test file (*\(ending)) lies below '\(path)'")
            }
            files += found
        } else if path.hasSuffix(ending) {
            files.append(path)
        } else {
            throw UsageError(
                .wrongValue,
                "'\(path)' is neither a directory nor named like a test file (*\(ending))")
        }
    }
    var seen: Set<String> = []
    return files.filter { seen.insert($0).inserted }
}
