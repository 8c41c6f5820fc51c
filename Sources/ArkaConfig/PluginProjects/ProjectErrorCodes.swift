public import ArkaModel

extension DiagnosticCode {
    /// A folder has no manifest, so it is no plugin's.
    public static let projectManifest = DiagnosticCode("PROJECT", 1)
    /// The entry point leads to no file of the folder, or to no class in it.
    public static let projectEntrypoint = DiagnosticCode("PROJECT", 2)
    /// The manifest's exports and the functions that there are differ.
    public static let projectExports = DiagnosticCode("PROJECT", 3)
    /// A function has no description.
    public static let projectUndescribed = DiagnosticCode("PROJECT", 4)
    /// Something stands in the sources that looks like a secret.
    public static let projectSecret = DiagnosticCode("PROJECT", 5)
    /// A permission reaches further than a name.
    public static let projectWildcard = DiagnosticCode("PROJECT", 6)
    /// A permission is declared, and nothing in the sources uses it.
    public static let projectUnusedPermission = DiagnosticCode("PROJECT", 7)
    /// The folder has no tests.
    public static let projectTests = DiagnosticCode("PROJECT", 8)
    /// The folder has no changelog.
    public static let projectChangelog = DiagnosticCode("PROJECT", 9)
    /// No plugin has this name, or several have.
    public static let projectName = DiagnosticCode("PROJECT", 10)
    /// The folder holds more than what is looked through.
    public static let projectTooLarge = DiagnosticCode("PROJECT", 11)
    /// What a linked plugin has cannot be told without its configuration.
    public static let projectUnknown = DiagnosticCode("PROJECT", 12)
}
