import ArkaDocuments
import ArkaModel

/// A plugin's manifest as written.
struct PluginManifestDraft: Sendable {
    var version = SemanticVersion(0, 0, 0)
    var description = ""
    var author = ""
    var license = ""
    var entrypoint = ""
    var types: [PluginManifestSpec.FunctionType] = []
    var dependencies = Dependencies()
    var exports = FunctionTableDraft()
    var permissions = Permissions()

    struct Dependencies: Sendable {
        var python: VersionRange?
        var swift: VersionRange?
        var sdk: VersionRange?
        var packages: [PackageRequirement] = []
    }

    struct Permissions: Sendable {
        var network: [HostRule]?
        var secrets: [String]?
        var environment: [String]?
    }
}

extension DocumentKind where Spec == PluginManifestDraft {
    /// `kind: PluginManifest`: what a plugin is, what it needs, and what functions it has.
    static let pluginManifest = DocumentKind(
        "PluginManifest", "What a plugin is, what it needs, and what functions it has.",
        metadata: manifestMetadata, spec: manifestSection)
}

private let manifestMetadata: [Field<PluginManifestDraft>] = [
    Field(
        "version", semanticVersion, into: \.version, isRequired: true, example: "1.0.0",
        "Its version, by Semantic Versioning 2.0.0."),
    Field(
        "description", .text("text", isBlock: true), into: \.description, absence: "none",
        example: "Custom compliance plugin", "What it is for, in a sentence."),
    Field(
        "author", .text("text"), into: \.author, absence: "none", example: "Your Organization",
        "Who made it."),
    Field(
        "license", .text("a licence as SPDX writes it", isAllowed: isLicense), into: \.license,
        absence: "none", example: "Apache-2.0", "Its licence."),
]

private let manifestSection = Section<PluginManifestDraft>(
    PluginManifestDraft(),
    [
        Field(
            "entrypoint", .text(entrypointWords, isAllowed: isEntrypoint), into: \.entrypoint,
            isRequired: true, example: "my_plugin.plugin:MyPlugin",
            "The plugin's class: the module, a colon, and the name in it."),
        Field(
            "types", .list(of: .choice, countRange: 1...4), into: \.types, isRequired: true,
            example: "[data_source, enrichment, validation, action]",
            "The kinds of functions that it has; they must be those under `exports`."),
        Field(
            "dependencies", .section(dependenciesSection), into: \.dependencies,
            "What it needs to run."),
        Field(
            "exports", .section(functionTableSection), into: \.exports,
            "Its functions; rules are checked against them."),
        Field(
            "permissions", .section(permissionsSection), into: \.permissions,
            "The least that it can work with. It bounds what a configuration can give it."),
    ])

private let dependenciesSection = Section<PluginManifestDraft.Dependencies>(
    PluginManifestDraft.Dependencies(),
    [
        Field(
            "python", versionRange, into: \.python, absence: "none", example: "\">=3.10\"",
            "The versions of Python that it runs on."),
        Field(
            "swift", versionRange, into: \.swift, absence: "none", example: "\">=6.2\"",
            "The versions of Swift that it is built with."),
        Field(
            "arka-sdk", versionRange, into: \.sdk, absence: "any", example: "\">=0.1.0\"",
            "The versions of the plugin SDK that it is written for."),
        Field(
            "packages", .list(of: package, countRange: 0...SandboxLimits.listMax),
            into: \.packages, example: "[aiohttp>=3.8.0, pydantic>=2.0.0]",
            "The packages that it needs, each with a range of versions."),
    ])

private let permissionsSection = Section<PluginManifestDraft.Permissions>(
    PluginManifestDraft.Permissions(),
    [
        Field(
            "network", hosts, into: \.network, absence: "no bound", example: "[api.myservice.com]",
            "The hosts that it reaches; `[]` for none."),
        Field(
            "secrets", .list(of: .text("the name of a secret"), countRange: 0...1_000),
            into: \.secrets, absence: "no bound", example: "[my-plugin/api-key]",
            "The secrets that it reads, by their names."),
        Field(
            "environment", .list(of: variable, countRange: 0...1_000), into: \.environment,
            absence: "no bound", example: "[SANCTIONS_TIMEOUT]",
            "The variables of the environment that it reads."),
    ])

private let semanticVersion = FieldType.text("a version such as 1.0.0").mapping(
    convert: { (text: String) throws(Expectation) in
        guard let version = SemanticVersion(text) else {
            throw Expectation("a version by semver.org: three numbers such as 1.0.0, or 2.0.0-rc.1")
        }
        return version
    }, restore: { $0.description })

private let package = FieldType.text("a package and a range, such as aiohttp>=3.8.0").mapping(
    convert: { (text: String) throws(Expectation) in
        do throws(VersionProblem) {
            return try PackageRequirement(text)
        } catch {
            throw Expectation(error.description)
        }
    }, restore: { $0.description })

private let entrypointWords = "a module, ':' and a name, such as my_plugin.plugin:MyPlugin"

private func isEntrypoint(_ text: String) -> Bool {
    let halves = text.split(separator: ":", omittingEmptySubsequences: false)
    guard halves.count == 2 else { return false }
    return halves.allSatisfy { half in
        half.split(separator: ".", omittingEmptySubsequences: false).allSatisfy {
            isRuleName(String($0))
        }
    }
}

private let variable = FieldType.text("letters, digits and '_', no digit first") { name in
    isRuleName(name)
}

/// Whether a text is made of what licence expressions are made of: `MIT OR (Apache-2.0 AND BSD-3-Clause)`.
private func isLicense(_ text: String) -> Bool {
    !text.isEmpty
        && text.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || " .-+():".utf8.contains(byte)
        }
}
