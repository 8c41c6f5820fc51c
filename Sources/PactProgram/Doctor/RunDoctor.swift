import ArkaConfig
import ArkaEngine
import ArkaJSON
import ArkaKafka
import ArkaModel
import ArkaSystem
import ArkaTelemetry

/// Looks at this machine and, with a topology, at its cluster.
/// - Returns: 0, or 1 if something is missing or the topology is wrong.
func runDoctor(
    _ options: DoctorCommand.Options, _ plugins: PluginRegistry
) throws -> Int32 {
    var findings = machineFindings()
    if let path = options.topology {
        let environment = Child.currentEnvironment
        let overrides = splitOverrides(options.overrides)
        let topology = loadTopology(
            path: topologyPath(path), environment: environment, overrides: overrides.topology,
            plugins: plugins.linked, files: .system)
        let engine = loadEngine(
            path: nil, environment: environment, overrides: overrides.engine, files: .system)
        let diagnostics = topology.diagnostics + engine.diagnostics
        StandardStream.error.write(diagnostics.map { $0.rendered() + "\n" }.joined())
        guard let topology = topology.value, let engine = engine.value else { return 1 }
        findings += try clusterFindings(KafkaSettings(topology, engine))
    }
    if options.asJSON {
        StandardStream.output.writeAll(json(findings) + [UInt8(ascii: "\n")])
    } else {
        StandardStream.output.write(findings.flatMap(\.lines).map { $0 + "\n" }.joined())
    }
    return findings.contains { $0.verdict == .problem } ? 1 : 0
}

/// `arka.doctor/1`: an object with the list of findings.
private func json(_ findings: [Finding]) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.name("schema")
    json.string("arka.doctor/1")
    json.name("findings")
    json.beginArray()
    for finding in findings {
        json.beginObject()
        for (name, text) in [
            ("verdict", finding.verdict.rawValue), ("subject", finding.subject),
            ("text", finding.text), ("remedy", finding.remedy),
        ] {
            guard let text else { continue }
            json.name(name)
            json.string(text)
        }
        json.endObject()
    }
    json.endArray()
    json.endObject()
    return json.bytes
}
