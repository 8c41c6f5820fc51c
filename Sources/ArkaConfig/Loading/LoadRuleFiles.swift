import ArkaDocuments
public import ArkaModel
import ArkaRules

/// Reads rule files without a topology, as the topology that they would be part of.
/// - Parameters:
///   - set: The files.
///   - name: What to call the topology.
///   - offered: What rules may call besides the functions of the set's tables.
///   - files: How files are read.
/// - Returns: A topology that has no topics of its own, or everything that is wrong in all files at once.
public func loadRuleFiles(
    _ set: RuleFileSet, name: String = "rules", offered: FunctionTable = FunctionTable(),
    files: FileAccess
) -> Loaded<TopologySpec> {
    var loader = RuleFileLoader(files: files, offered: offered)
    let topology = loader.topology(set, name)
    return Loaded(topology, loader.diagnostics)
}

/// Collects what rule files lean on, and everything that is wrong with it.
private struct RuleFileLoader {
    let files: FileAccess
    let offered: FunctionTable
    private(set) var diagnostics: [Diagnostic] = []

    init(files: FileAccess, offered: FunctionTable) {
        self.files = files
        self.offered = offered
    }

    mutating func topology(_ set: RuleFileSet, _ name: String) -> TopologySpec {
        let functions = functionTable(set.functions)
        let layout = RecordLayout(schema: schema(set.schema))
        let sources = set.rules.compactMap { text($0) }
        let compiled = compileRules(
            sources,
            RuleInputs(
                layout: layout, onUnknown: set.onUnknown, functions: functions,
                listFile: listReader(files)))
        diagnostics += compiled.diagnostics
        let rules = RulesSpec(
            sources: sources, onUnknown: set.onUnknown, book: compiled.book ?? RulesSpec().book,
            listFiles: compiled.listFiles, functions: functions,
            calledFunctions: compiled.calledFunctions)
        return TopologySpec(
            name: name, source: SourceSpec(topic: "records", group: ""), record: layout,
            rules: rules,
            decisionsTopic: "")
    }

    private mutating func functionTable(_ paths: [String]) -> FunctionTable {
        let loaded = loadFunctionTables(paths: paths, files: files)
        diagnostics += loaded.diagnostics
        return FunctionTable((loaded.value ?? FunctionTable()).functions + offered.functions)
    }

    private mutating func schema(_ path: String?) -> RecordSchema {
        guard let path, let text = text(path) else { return .any }
        let loaded = readRecordSchema(text)
        diagnostics += loaded.diagnostics
        return loaded.value ?? .any
    }

    private mutating func text(_ path: String) -> SourceText? {
        switch files.read(path) {
        case .success(let bytes): return SourceText(name: path, utf8: bytes)
        case .failure(let failure):
            diagnostics.append(.unreadable(path, failure))
            return nil
        }
    }
}
