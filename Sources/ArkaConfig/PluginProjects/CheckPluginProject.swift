import ArkaDocuments
public import ArkaModel

/// The file of a plugin's folder that says what the plugin is.
public let pluginManifestName = "plugin.yaml"

/// Looks through a plugin's folder: its manifest, what the manifest says of the rest of the folder, and
/// what a reviewer would ask for.
/// - Parameters:
///   - folder: The folder, as messages shall name it.
///   - registered: The functions of the plugin with a name, where it is linked into the program.
///   - files: How files are read.
/// - Returns: The manifest, and all errors and warnings of all files at once. No text of a message holds
///   what looks like a secret.
public func checkPluginProject(
    folder: String, registered: (_ name: String) -> [FunctionSignature]? = { _ in nil },
    files access: FileAccess
) -> Loaded<PluginManifestSpec> {
    let files = ProjectFiles(below: folder, access)
    guard let text = files.texts[pluginManifestName] else {
        let place = SourcePlace(
            SourceText(name: files.folder + pluginManifestName, text: ""), SourceRange(0, 0))
        return Loaded(
            nil,
            [
                Diagnostic(
                    .projectManifest, "the folder has no readable '\(pluginManifestName)'",
                    expected: "a document of kind PluginManifest", at: place)
            ])
    }
    let reading = readManifest(text)
    var found = reading.diagnostics
    if let manifest = reading.manifest {
        let check = ProjectCheck(manifest: manifest, files: files)
        found += check.run(registered(manifest.name))
    }
    found += files.settings.flatMap { settingProblems($0.text) }
    let hidden = SecretPlaces(files)
    found = found.map(hidden.hiding) + hidden.warnings
    return Loaded(reading.manifest, inOrder(bounded(found, text), first: text.name))
}

/// Diagnostics that are kept of a folder. Each costs a look at its file when it is shown, and a folder with
/// more faults is not the one that was meant.
private let diagnosticsMax = 500

/// As many diagnostics as are kept, errors before warnings, and a word on the rest.
private func bounded(_ found: [Diagnostic], _ manifest: SourceText) -> [Diagnostic] {
    guard found.count > diagnosticsMax else { return found }
    let kept = (found.filter { $0.severity == .error } + found.filter { $0.severity == .warning })
        .prefix(diagnosticsMax)
    let rest = Diagnostic(
        .projectTooLarge, "\(found.count - diagnosticsMax) more problems are not shown",
        severity: .warning, expected: "fewer than \(diagnosticsMax); errors are shown first",
        in: manifest, at: SourceRange(0, 0))
    return kept + [rest]
}

/// What is wrong with the syntax of a document with settings. Where it cannot be read nobody knows what of
/// it is secret, so no value of it is shown.
private func settingProblems(_ text: SourceText) -> [Diagnostic] {
    let copy = text.blottingValues
    return parseYAML(text).diagnostics.map { problem in
        Diagnostic(
            problem.code, problem.message, severity: problem.severity,
            expected: problem.expectation, suggestion: problem.suggestion, in: copy,
            at: problem.range)
    }
}

/// What is checked of a folder whose manifest can be read.
private struct ProjectCheck {
    let manifest: PluginManifestSpec
    let files: ProjectFiles

    func run(_ registered: [FunctionSignature]?) -> [Diagnostic] {
        let exports = ExportsCheck(manifest: manifest)
        let permissions = PermissionsCheck(manifest: manifest)
        let python = files.code.filter { $0.path.hasSuffix(".py") }.map(\.text)
        let decorated = python.flatMap(DecoratedFunction.all)
        var found = exports.undescribed()
        if let registered {
            found += exports.differences(from: registered)
        } else {
            found += exports.differences(from: decorated)
        }
        found += decorated.filter { !$0.isDescribed }.map { function in
            Diagnostic(
                .projectUndescribed, "'\(shown(function.name))' is declared without a description",
                severity: .warning,
                expected: "description=\"…\", a sentence that says what it does",
                at: function.place)
        }
        found += permissions.wildcards()
        if files.isCut {
            // What was not seen is not missing.
            return found + [
                warning(
                    .projectTooLarge, "the folder holds more than what is looked through",
                    "at most \(ProjectFiles.Bounds.entriesMax) files, each of 1 MiB")
            ]
        }
        found += [EntrypointCheck(manifest: manifest, files: files).problem()].compactMap { $0 }
        found += permissions.unused(in: (files.code + files.settings).map(\.text))
        return found + missing()
    }

    /// What a folder should have besides.
    private func missing() -> [Diagnostic] {
        var found: [Diagnostic] = []
        let hasTests = files.paths.contains { path in
            ProjectFiles.isTest(path) && (path.hasSuffix(".py") || path.hasSuffix(".swift"))
                && !path.hasSuffix("__init__.py")
        }
        if !hasTests {
            found.append(warning(.projectTests, "the folder has no tests", "tests/test_plugin.py"))
        }
        let names = ["changelog.md", "changelog", "changelog.rst", "changes.md"]
        if !files.paths.contains(where: { names.contains($0.lowercased()) }) {
            found.append(
                warning(
                    .projectChangelog, "the folder has no changelog",
                    "CHANGELOG.md, with what each version changes"))
        }
        return found
    }

    private func warning(
        _ code: DiagnosticCode, _ message: String, _ expectation: String
    ) -> Diagnostic {
        Diagnostic(
            code, message, severity: .warning, expected: expectation, at: manifest.places.start)
    }
}

/// Where in the files of a folder secrets seem to stand.
private struct SecretPlaces {
    /// Copies that may be shown, of the files that hold some.
    private var shownTexts: [String: SourceText] = [:]
    private(set) var warnings: [Diagnostic] = []

    init(_ files: ProjectFiles) {
        let manifest = files.texts[pluginManifestName].map { [$0] } ?? []
        for text in manifest + files.settings.map(\.text) {
            add(SecretSearch.values(in: text), text)
        }
        for (_, text) in files.literals { add(SecretSearch.literals(inCode: text), text) }
    }

    private mutating func add(_ ranges: [SourceRange], _ text: SourceText) {
        guard !ranges.isEmpty else { return }
        let copy = text.blotting(ranges)
        shownTexts[text.name] = copy
        warnings += ranges.map { range in
            Diagnostic(
                .projectSecret, "this looks like a secret", severity: .warning,
                expected:
                    "its name, and the secret itself from the environment or a secrets manager",
                in: copy, at: range)
        }
    }

    /// The diagnostic without the secrets of its text.
    func hiding(_ diagnostic: Diagnostic) -> Diagnostic {
        guard let text = shownTexts[diagnostic.source.name] else { return diagnostic }
        return Diagnostic(
            diagnostic.code, diagnostic.message, severity: diagnostic.severity,
            expected: diagnostic.expectation, suggestion: diagnostic.suggestion, in: text,
            at: diagnostic.range)
    }
}
