import ArkaCommandLine
import Synchronization
import Testing

@testable import PactProgram

/// The commands' declarations, apart from what the commands do.
@Suite struct DeclaredCommandTests {
    @Test func `run takes a topology, engine settings and overrides`() {
        let seen = Seen<RunCommand.Options>()
        let code = run(
            "run t.yaml -c e.yaml --set source.group=a --set x= --create-topics --summary s",
            RunCommand.command { seen.keep($0) })
        #expect(code == 0)
        let options = seen.value
        #expect(options?.topology == "t.yaml" && options?.config == "e.yaml")
        #expect(options?.overrides == ["source.group=a", "x="])
        #expect(options?.createsTopics == true)
        #expect(options?.summaryFile == "s")
    }

    @Test func `run needs no more than a topology`() {
        let seen = Seen<RunCommand.Options>()
        #expect(run("run t", RunCommand.command { seen.keep($0) }) == 0)
        #expect(seen.value?.config == nil && seen.value?.overrides == [])
        #expect(run("run", RunCommand.command { seen.keep($0) }) == 2)
    }

    @Test func `doctor takes a topology or none`() {
        let seen = Seen<DoctorCommand.Options>()
        #expect(run("doctor", DoctorCommand.command { seen.keep($0) }) == 0)
        #expect(seen.value?.topology == nil)
        #expect(run("doctor t --json", DoctorCommand.command { seen.keep($0) }) == 0)
        #expect(seen.value?.topology == "t" && seen.value?.asJSON == true)
    }

    @Test func `bench takes a scenario, brokers and reports`() {
        let seen = Seen<BenchCommand.Options>()
        let line =
            "bench rules-100 --bootstrap h:1,h:2 --json a --html b --floor f --records 5 --repeats 2 "
            + "--check"
        #expect(run(line, BenchCommand.command { seen.keep($0) }) == 0)
        #expect(seen.value?.scenario == "rules-100" && seen.value?.bootstrap == "h:1,h:2")
        #expect(seen.value?.jsonFile == "a" && seen.value?.htmlFile == "b")
        #expect(seen.value?.floor == "f" && seen.value?.checksBounds == true)
        #expect(seen.value?.records == 5 && seen.value?.repeats == 2)
        #expect(run("bench", BenchCommand.command { seen.keep($0) }) == 0)
        #expect(seen.value?.scenario == nil && seen.value?.bootstrap == nil)
    }

    @Test func `bench takes a server for calls, and for nothing else`() {
        let seen = Seen<BenchCommand.Options>()
        let command = BenchCommand.command { seen.keep($0) }
        #expect(run("bench calls --url http://127.0.0.1:1/x", command) == 0)
        #expect(seen.value?.scenario == "calls" && seen.value?.url == "http://127.0.0.1:1/x")
        #expect(run("bench --url http://127.0.0.1:1/x", command) == 2)
        #expect(run("bench rules-100 --url http://127.0.0.1:1/x", command) == 2)
        #expect(run("bench calls --url 127.0.0.1:1", command) == 2)
    }

    @Test func `demo takes nothing`() {
        #expect(run("demo", DemoCommand.command { 0 }) == 0)
        #expect(run("demo x", DemoCommand.command { 0 }) == 2)
    }

    @Test(arguments: ["run", "demo", "doctor", "bench"])
    func `each command's help has an example`(name: String) {
        let output = Seen<String>()
        let program = Program(
            "pact", version: "0", "X",
            [
                RunCommand.command { _ in 0 }, DemoCommand.command { 0 },
                DoctorCommand.command { _ in 0 }, BenchCommand.command { _ in 0 },
            ])
        let console = Console(output: { _ = output.keep($0) }, error: { _ in })
        #expect(program.run([name, "--help"], on: console) == 0)
        #expect(output.value?.contains("\nExamples:\n  ") == true)
    }

    private func run(_ line: String, _ command: Command) -> Int32 {
        let program = Program("pact", version: "0", "X", [command])
        let console = Console(output: { _ in }, error: { _ in })
        return program.run(line.split(separator: " ").map(String.init), on: console)
    }
}

/// Keeps the last value that a command was run with.
private final class Seen<Value: Sendable>: Sendable {
    private let kept = Mutex<Value?>(nil)
    var value: Value? { kept.withLock { $0 } }

    func keep(_ value: Value) -> Int32 {
        kept.withLock { $0 = value }
        return 0
    }
}
