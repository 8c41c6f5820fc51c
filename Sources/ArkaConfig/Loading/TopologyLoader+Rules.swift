import ArkaDocuments
import ArkaModel
import ArkaRules

extension TopologyLoader {
    /// Reads the rule files with all that they lean on and compiles them together.
    mutating func rules(_ record: RecordLayout, _ plugins: [PluginUse]) -> RulesSpec {
        // A plugin that is linked knows better than a table of it.
        let functions = FunctionTable(
            plugins.flatMap(\.signatures) + functionTable().functions,
            unreadPlugins: unreadPlugins.union(
                plugins.filter(\.signatures.isEmpty).map(\.name)))
        let sources = ruleSources()
        let inputs = RuleInputs(
            layout: record, onUnknown: draft.rules.onUnknown, functions: functions,
            listFile: listReader(folder.files))
        let compiled = compileRules(sources, inputs)
        diagnostics += compiled.diagnostics
        return RulesSpec(
            sources: sources, onUnknown: draft.rules.onUnknown,
            book: compiled.book ?? RulesSpec().book, listFiles: compiled.listFiles,
            functions: functions, calledFunctions: compiled.calledFunctions)
    }

    /// The rule files in order, each once.
    private mutating func ruleSources() -> [SourceText] {
        texts(
            draft.rules.files, "rules.files", max: ConfigLimits.ruleFilesMax,
            tooMany: "the rules stand in more than \(ConfigLimits.ruleFilesMax) files")
    }

    /// What all function tables of the topology declare.
    private mutating func functionTable() -> FunctionTable {
        let texts = texts(
            draft.rules.functions, "rules.functions", max: ConfigLimits.functionTablesMax,
            tooMany: "there are more than \(ConfigLimits.functionTablesMax) function tables")
        let loaded = readFunctionTables(texts)
        diagnostics += loaded.diagnostics
        // What is right in a faulty table still lets the rules be read.
        return loaded.value ?? FunctionTable()
    }

    /// The files that some paths or patterns mean, in order, each once.
    private mutating func texts(
        _ written: [String], _ key: String, max: Int, tooMany: String
    ) -> [SourceText] {
        var sources: [SourceText] = []
        var seen: Set<String> = []
        for (index, written) in written.enumerated() {
            let named = NamedPath(written, at: "\(key)[\(index)]", in: document)
            for path in taken(folder.paths(named)) ?? [] where seen.insert(path).inserted {
                guard seen.count <= max else {
                    diagnostics.append(
                        Diagnostic(
                            .configNoFiles, tooMany, expected: "fewer, larger files",
                            at: named.place))
                    return sources
                }
                if let text = taken(folder.text(path, for: named)) { sources.append(text) }
            }
        }
        return sources
    }
}
