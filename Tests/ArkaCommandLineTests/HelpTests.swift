import Testing

@Suite struct HelpTests {
    @Test(arguments: ["eval --help", "eval -h", "help eval", "eval t --help"])
    func `a command's help shows its usage, arguments, defaults and examples`(line: String) {
        let run = SampleRun(line)
        #expect(run.code == 0)
        #expect(
            run.output == """
                Decide the records of a file.

                Usage: pact eval --input FILE [OPTIONS] TOPOLOGY

                Arguments:
                  TOPOLOGY  The topology file

                Options:
                  -i, --input FILE     Where records come from
                      --config FILE    Engine settings
                  -n, --lanes NUMBER   Threads (default: 2)
                      --format NAME    How results look (table, json, html) (default: table)
                      --set KEY=VALUE  Override a setting (may be repeated)
                  -v, --verbose        Say more
                  -q, --quiet          Say less
                  -h, --help           Show this help

                Examples:
                  pact eval t.yaml -i r.jsonl
                      Decides each line.

                """)
    }

    @Test(arguments: [["--help"], ["help"], ["-h"]])
    func `the program's help lists its commands`(words: [String]) {
        let run = SampleRun(words)
        #expect(run.code == 0)
        #expect(run.output.hasPrefix("Decides transactions by rules.\n\nUsage: pact COMMAND\n"))
        for line in ["  eval        Decide", "  rules       Work", "  completion  Print"] {
            #expect(run.output.contains(line))
        }
    }

    @Test(arguments: ["rules", ""])
    func `a group without a command shows its help as an error`(line: String) {
        let run = SampleRun(line)
        #expect(run.code == 2)
        #expect(run.output.isEmpty)
        #expect(run.error.contains("Usage: pact"))
    }

    @Test func `the version is the program's`() {
        #expect(SampleRun("--version").output == "pact 1.2.3\n")
    }
}
