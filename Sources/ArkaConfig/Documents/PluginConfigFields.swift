import ArkaDocuments
import ArkaModel
import PactPlugins

/// A plugin's configuration as written.
struct PluginConfigDraft: Sendable {
    var namespace = "default"
    var reference = ""
    var version: VersionRange?
    var configuration: YAMLNode?
    var resources = SandboxDraft.Resources()
    var sandbox = SandboxDraft()
    var logging = PluginLogging(level: .info)
}

extension DocumentKind where Spec == PluginConfigDraft {
    /// `kind: PluginConfig`: which plugin is used, how it is configured, and what it may do.
    static let pluginConfig = DocumentKind(
        "PluginConfig", "Which plugin is used, how it is configured, and what it may do.",
        metadata: [
            Field(
                "namespace", .text(documentNameWords, isAllowed: isDocumentName),
                into: \.namespace, example: "plugins",
                "Separates equal names: the same name in another one is another configuration.")
        ], nameVariable: "PLUGIN_NAME", spec: pluginConfigSection)
}

private let pluginConfigSection = Section<PluginConfigDraft>(
    PluginConfigDraft(),
    [
        Field(
            "plugin", .text(pluginReferenceWords, isAllowed: { !$0.isEmpty }), into: \.reference,
            isRequired: true, example: "pact/sanctions-list",
            "The plugin: one that is linked into the program."),
        Field(
            "version", versionRange, into: \.version, absence: "any", example: "\"1.0.0\"",
            "The versions of the plugin that this is written for: one, or a range such as `^1.2`."),
        Field(
            "config", .anything("a mapping"), into: \.configuration, absence: "empty",
            example: """
                {api_endpoint: "https://api.sanctions-provider.com", cache_ttl: 3600, \
                lists: [OFAC, UN, EU]}
                """,
            "What the plugin itself is told; its documentation says which keys it takes."),
        Field(
            "resources", .section(resourcesSection), into: \.resources, "How much it may use."),
        Field("sandbox", .section(sandboxSection), into: \.sandbox, "What it may do."),
        Field("logging", .section(loggingSection), into: \.logging, "What it may log."),
    ])

private let loggingSection = Section<PluginLogging>(
    PluginLogging(level: .info),
    [
        Field(
            "level", .choice, into: \.level,
            "The least important lines of the plugin that are kept; `log.level` of the engine comes after it."
        ),
        Field(
            "includeRequestData", .boolean, into: \.includesRequestData,
            "Whether values of requests that the plugin hands to the log beside its words are written."
        ),
    ])

/// The expectation behind the reference of a plugin.
let pluginReferenceWords = "a reference such as pact/sanctions-list"

/// A version or a range of them.
let versionRange = FieldType.text("a version or a range, such as 1.0.0 or >=1.0,<2.0").mapping(
    convert: { (text: String) throws(Expectation) in
        do throws(VersionProblem) {
            return try VersionRange(text)
        } catch {
            throw Expectation(error.description)
        }
    }, restore: { $0.description })
