import Testing

@Suite struct CompletionTests {
    private static let files = "\u{1}files"

    @Test(arguments: [
        ([""], ["eval", "bench", "rules", "completion"]),
        (["e"], ["eval"]), (["rules", ""], ["check", "break"]), (["nothing", ""], []),
        (["eval", ""], [files]), (["eval", "t", ""], []), (["eval", "--input", "x", ""], [files]),
        (["eval", "t", "--in"], ["--input"]), (["eval", "--input", ""], [files]),
        (["eval", "-i", ""], [files]), (["eval", "t", "--format", "j"], ["json"]),
        (["eval", "t", "--format=j"], ["--format=json"]),
        (["eval", "t", "--format", "=", "j"], ["json"]),
        (["eval", "t", "--format", "="], ["table", "json", "html"]),
        (["rules", "check", "a", "b", ""], [files]),
        (["completion", ""], ["bash", "zsh", "fish"]), (["eval", "--nothing", ""], [files]),
    ])
    func `the words before the cursor decide what may come`(words: [String], candidates: [String]) {
        let run = SampleRun(["__complete"] + words)
        let lines = run.output.split(separator: "\n").map { line in
            String(line.split(separator: "\t")[0])
        }
        #expect(lines == candidates)
        #expect(run.code == 0)
    }

    @Test(arguments: [
        ("bash", "complete -F _pact pact"), ("zsh", "compdef _pact pact"),
        ("fish", "complete -c pact"),
    ])
    func `each shell's script registers the program`(shell: String, line: String) {
        let run = SampleRun("completion \(shell)")
        #expect(run.output.contains(line))
        #expect(!run.output.contains("PROGRAM"))
    }

    @Test func `an unknown shell is a usage error`() {
        let run = SampleRun("completion bsh")
        #expect(run.code == 2)
        #expect(run.error.contains("did you mean 'bash'?"))
    }
}
