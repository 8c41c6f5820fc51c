import ArkaSystem
import Foundation
import Testing

@Suite(.timeLimit(.minutes(1))) struct PactCommandTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test func `the version is printed`() throws {
        let run = try PactRun(["--version"])
        #expect(run.code == 0)
        #expect(run.output.hasPrefix("pact "))
    }

    @Test(arguments: [
        ["eval"], ["rules", "check"], ["rules", "fmt"], ["topology", "check"], ["completion"],
    ])
    func `each command has help with an example`(words: [String]) throws {
        let run = try PactRun(words + ["--help"])
        #expect(run.code == 0)
        #expect(run.output.contains("Examples:\n  "))
        #expect(run.error.isEmpty)
    }

    @Test func `a usage error ends with 2 and says where help is`() throws {
        let run = try PactRun(["rules", "chekc"])
        #expect(run.code == 2)
        #expect(run.error.contains("did you mean 'check'?"))
        #expect(run.output.isEmpty)
    }

    @Test func `wrong rules end with 1, the place under a caret, and as JSON on request`() throws {
        let path = try directory.write("wrong.pact", Array("rule y { whn {} }\n".utf8))
        let run = try PactRun(["rules", "check", path])
        #expect(run.code == 1)
        #expect(run.error.contains("\(path):1:10: error:"))
        #expect(run.error.contains("         ^~~\n"))
        let json = try PactRun(["rules", "check", path, "--json"])
        #expect(json.code == 1)
        #expect(json.error.isEmpty)
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8))
        let document = try #require(object as? [String: Any])
        #expect(document["errors"] as? Int == 1)
        let first = try #require((document["diagnostics"] as? [[String: Any]])?.first)
        #expect(first["line"] as? Int == 1 && first["column"] as? Int == 10)
        #expect(first["file"] as? String == path)
    }

    @Test func `a file that is missing is named`() throws {
        let run = try PactRun(["rules", "check", "/nonexistent.pact"])
        #expect(run.code == 1)
        let reason = "'/nonexistent.pact': cannot open it: No such file or directory"
        #expect(run.error.contains(reason))
    }

    @Test func `rule files and a topology cannot be checked together`() throws {
        let run = try PactRun(["rules", "check", "a.pact", "b.yaml"])
        #expect(run.code == 2)
    }

    @Test func `an output that is the input is refused before it is emptied`() throws {
        let path = try directory.write("records", Array("{}\n".utf8))
        for option in ["--output", "--dead-letters"] {
            let run = try PactRun(["eval", "t.yaml", "--input", path, option, path])
            #expect(run.code == 2)
            #expect(run.error.contains("ARKA-CLI-0010"))
        }
        #expect(FileManager.default.contents(atPath: path)?.count == 3)
    }

    @Test func `bash completes words by asking the program`() throws {
        let script = """
            eval "$(\(PactRun.program.path) completion bash)"
            COMP_WORDS=(\(PactRun.program.path) rules c) COMP_CWORD=2
            _pact
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", script]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(String(decoding: text, as: UTF8.self) == "check\n")
    }
}
