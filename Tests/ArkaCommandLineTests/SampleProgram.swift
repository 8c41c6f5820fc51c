import ArkaCommandLine
import Synchronization

/// A small program with one argument of each kind.
enum Sample {
    static let topology = Argument<String>.positional(
        "topology", candidates: .files, help: "The topology file")
    static let files = Argument<[String]>.positionals(
        "files", candidates: .files, help: "The rule files")
    static let input = Argument<String>.option(
        "input", short: "i", value: "FILE", candidates: .files, help: "Where records come from")
    static let config = Argument<String?>.option(
        optional: "config", value: "FILE", candidates: .files, help: "Engine settings")
    static let lanes = Argument<Int>.option("lanes", short: "n", default: 2, help: "Threads")
    static let format = Argument<String>.option(
        "format", value: "NAME", default: "table", candidates: .oneOf(["table", "json", "html"]),
        help: "How results look")
    static let settings = Argument<[KeyValue]>.options("set", help: "Override a setting")
    static let verbose = Argument<Bool>.flag("verbose", short: "v", help: "Say more")
    static let quiet = Argument<Bool>.flag("quiet", short: "q", help: "Say less")
    static let shell = Argument<String?>.positional(optional: "scenario", help: "What to run")

    /// The program; `record` gets what the command that ran was given.
    static func program(_ record: @escaping @Sendable (String) -> Void) -> Program {
        Program(
            "pact", version: "1.2.3", "Decides transactions by rules",
            [
                Command(
                    "eval", "Decide the records of a file",
                    examples: [.init("pact eval t.yaml -i r.jsonl", "Decides each line.")],
                    arguments: [topology, input, config, lanes, format, settings, verbose, quiet]
                ) { given in
                    let settings = given[settings].map { "\($0.key):\($0.value)" }
                    record(
                        "\(given[topology]) \(given[input]) \(given[config] ?? "-") "
                            + "\(given[lanes]) \(given[format]) \(settings) "
                            + "\(given[verbose]) \(given[quiet])")
                    return 0
                },
                Command(
                    "bench", "Measure", examples: [], arguments: [shell],
                    action: { given in
                        record("bench \(given[shell] ?? "all")")
                        return 7
                    }),
                Command(
                    "rules", "Work on rules",
                    [
                        Command("check", "Check rules", examples: [], arguments: [files]) { given in
                            record("check \(given[files])")
                            return 1
                        },
                        Command("break", "Fail", examples: [], arguments: []) { _ in
                            throw UsageError(.wrongValue, "cannot be")
                        },
                    ]),
            ])
    }
}

/// What a run of the sample program did.
struct SampleRun {
    let code: Int32
    let output: String
    let error: String
    let record: String

    init(_ line: String) {
        self.init(line.split(separator: " ").map(String.init))
    }

    init(_ words: [String]) {
        let texts = Texts()
        let program = Sample.program { texts.record.set($0) }
        let console = Console(output: { texts.output.add($0) }, error: { texts.error.add($0) })
        code = program.run(words, on: console)
        (output, error, record) = (texts.output.text, texts.error.text, texts.record.text)
    }

    private final class Texts: Sendable {
        let output = Text()
        let error = Text()
        let record = Text()
    }

    private final class Text: Sendable {
        private let value = Mutex("")
        var text: String { value.withLock { $0 } }
        func add(_ more: String) { value.withLock { $0 += more } }
        func set(_ text: String) { value.withLock { $0 = text } }
    }
}
