public import ArkaModel
public import ArkaRules

/// Reads the files of lists; their paths are relative to the rule file that names them.
/// - Parameter files: How files are read.
/// - Returns: What ``RuleInputs/listFile`` takes; each text is named by the path that leads to it.
public func listReader(
    _ files: FileAccess
) -> @Sendable (_ path: String, _ ruleFile: String) -> Result<SourceText, ListFileFailure> {
    { path, ruleFile in
        let path = DocumentFolder(of: ruleFile, files: files).path(path)
        return files.read(path)
            .map { SourceText(name: path, utf8: $0) }
            .mapError { ListFileFailure($0.reason) }
    }
}
