import ArkaCommandLine

/// `pact bench`: measures the engine beside a plain passthrough.
enum BenchCommand {
    /// What the user asked for.
    struct Options: Sendable {
        /// The scenario's name; `nil` runs all.
        let scenario: String?
        /// Brokers, as `host:port` with commas between; `nil` takes the embedded one.
        let bootstrap: String?
        /// Where the JSON report goes.
        let jsonFile: String?
        /// Where the HTML report goes.
        let htmlFile: String?
    }

    private static let scenario = Argument<String?>.positional(
        optional: "scenario", help: "A scenario of bench/scenarios; all of them if left out")
    private static let bootstrap = Argument<String?>.option(
        optional: "bootstrap", value: "HOST:PORT,...",
        help: "Measure on these brokers instead of the embedded one")
    private static let json = Argument<String?>.option(
        optional: "json", value: "FILE", candidates: .files, help: "Write the figures as JSON")
    private static let html = Argument<String?>.option(
        optional: "html", value: "FILE", candidates: .files, help: "Write a report with charts")

    /// Declares the command.
    static func command(_ run: @escaping @Sendable (Options) throws -> Int32) -> Command {
        Command(
            "bench", "Measure the engine beside a plain passthrough",
            examples: [
                .init("pact bench", "Measures all scenarios on the embedded broker."),
                .init(
                    "pact bench rules-100 --bootstrap 127.0.0.1:9092 --html report.html",
                    "Measures one scenario on a real broker and writes a report."),
            ], arguments: [scenario, bootstrap, json, html]
        ) { given in
            try run(
                Options(
                    scenario: given[scenario], bootstrap: given[bootstrap], jsonFile: given[json],
                    htmlFile: given[html]))
        }
    }
}
