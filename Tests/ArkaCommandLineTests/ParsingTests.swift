import ArkaCommandLine
import Testing

@Suite struct ParsingTests {
    @Test(arguments: [
        ("eval t -i r", "t r - 2 table [] false false"),
        ("eval t --input r", "t r - 2 table [] false false"),
        ("eval --input=r t", "t r - 2 table [] false false"),
        ("eval t -i -", "t - - 2 table [] false false"),
        ("eval t --input=--odd", "t --odd - 2 table [] false false"),
        ("eval t -ir -vq -n4", "t r - 4 table [] true true"),
        ("eval t -i r -qn -4 --format=json", "t r - -4 json [] false true"),
        ("eval -i r -- -t", "-t r - 2 table [] false false"),
        ("eval t -i r --config=", "t r  2 table [] false false"),
        (
            "eval t -i r --config c --set a=1 --set b=x=y",
            #"t r c 2 table ["a:1", "b:x=y"] false false"#
        ),
        ("rules check a b", #"check ["a", "b"]"#),
        ("bench", "bench all"), ("bench smoke", "bench smoke"),
    ])
    func `words become typed values`(line: String, record: String) {
        let run = SampleRun(line)
        #expect(run.record == record)
        #expect(run.error.isEmpty)
    }

    @Test(arguments: [
        ("evla", "unknown command 'evla'; did you mean 'eval'? [ARKA-CLI-0001]", "pact"),
        ("--inptu", "unknown option '--inptu' [ARKA-CLI-0002]", "pact"),
        (
            "rules chekc", "unknown command 'chekc'; did you mean 'check'? [ARKA-CLI-0001]",
            "pact rules"
        ),
        (
            "eval t --inptu r", "unknown option '--inptu'; did you mean '--input'? [ARKA-CLI-0002]",
            "pact eval"
        ),
        ("eval t -i r -x", "unknown option '-x' [ARKA-CLI-0002]", "pact eval"),
        ("eval -i r", "TOPOLOGY is missing: The topology file [ARKA-CLI-0003]", "pact eval"),
        ("eval t", "--input is missing: Where records come from [ARKA-CLI-0003]", "pact eval"),
        ("rules check", "FILES is missing: The rule files [ARKA-CLI-0003]", "pact rules check"),
        ("eval t --input", "--input needs a value: FILE [ARKA-CLI-0004]", "pact eval"),
        ("eval t -i --config c", "-i needs a value: FILE [ARKA-CLI-0004]", "pact eval"),
        ("eval t -i r --verbose=1", "--verbose takes no value [ARKA-CLI-0005]", "pact eval"),
        ("eval t -i r -n x", "--lanes: 'x' is not a whole number [ARKA-CLI-0006]", "pact eval"),
        (
            "eval t -i r --set =1", "--set: '=1' is not of the form KEY=VALUE [ARKA-CLI-0006]",
            "pact eval"
        ),
        (
            "eval t -i r --format jsn",
            "--format: 'jsn' is not one of table, json, html; did you mean 'json'? [ARKA-CLI-0007]",
            "pact eval"
        ),
        ("eval t -i r -i s", "--input is given twice [ARKA-CLI-0008]", "pact eval"),
        ("eval t -i r u", "unexpected argument 'u' [ARKA-CLI-0009]", "pact eval"),
        ("rules break", "cannot be [ARKA-CLI-0006]", "pact rules break"),
    ])
    func `a usage error says what is wrong, what was meant and where help is, and ends with 2`(
        line: String, message: String, command: String
    ) {
        let run = SampleRun(line)
        #expect(run.code == 2)
        #expect(run.error == "pact: \(message)\nSee '\(command) --help'.\n")
        #expect(run.output.isEmpty && run.record.isEmpty)
    }

    @Test func `the command's own exit code is the program's`() {
        #expect(SampleRun("bench").code == 7)
        #expect(SampleRun("rules check a").code == 1)
    }

    @Test func `an argument declared twice ends the program`() async {
        await #expect(processExitsWith: .failure) {
            _ = Command("x", "X", examples: [], arguments: [Sample.input, Sample.input]) { _ in 0 }
        }
        await #expect(processExitsWith: .failure) {
            _ = Command("x", "X", examples: [], arguments: [Sample.files, Sample.topology]) { _ in 0
            }
        }
    }
}
