import ArkaEngine
import ArkaSystem
import Testing
import WatchedPlugin

@testable import PactProgram

/// The end of a plugin's life in `pact eval`.
@Suite(.timeLimit(.minutes(1))) struct PluginEndTests {
    private let directory: TemporaryDirectory
    private let life = WatchedLife()

    init() throws { directory = try TemporaryDirectory() }

    private func topology() throws -> String {
        let document = """
            apiVersion: arka.io/v1
            kind: Topology
            metadata: {name: t}
            spec:
              source: {topic: in, group: g}
              rules: {files: [a.pact], on_unknown: review}
              decisions: {topic: out}
              plugins:
                - plugin: own/watched
                  config: {life: \(life.number)}
                  functions: [{name: say, when_unavailable: hold}]
            """
        let rule = """
            rule polite {
                when { plugin.watched.say(word: transaction.word).text == "hello" }
                then { reject(reason: "polite") }
            }
            """
        _ = try directory.write("a.pact", Array(rule.utf8))
        return try directory.write("t.yaml", Array(document.utf8))
    }

    @Test func `eval shuts plugins down once, after its last call, also where it cannot begin`()
        async throws
    {
        let input = try directory.write("in.jsonl", Array("{\"word\":\"hello\"}\n".utf8))
        let topology = try topology()
        let registry = PluginRegistry().linking(WatchedPlugin.self, namespace: "own")
        let output = directory.file("out.jsonl")
        let signals = try SignalSwitch()
        let code = try await onThread {
            try evaluateFile(
                .init(
                    topology: topology, input: input, output: output, deadLetters: nil,
                    overrides: [], isDeterministic: true), signals, registry)
        }
        #expect(code == 0)
        #expect(life.contexts.count == 1 && life.shutDowns == 1 && life.callsOutAtShutdown == 0)
        await #expect(throws: SystemError.self) {
            try await onThread {
                try evaluateFile(
                    .init(
                        topology: topology, input: "/no/such/file", output: output,
                        deadLetters: nil, overrides: [], isDeterministic: true), signals, registry)
            }
        }
        #expect(life.shutDowns == 2, "a second run, and its own plugin")
    }
}
