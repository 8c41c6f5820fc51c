import ArkaCommandLine

/// `pact bench`: measures the engine beside a plain passthrough.
enum BenchCommand {
    /// What the user asked for.
    struct Options: Sendable {
        /// The scenario's name or document; `nil` runs all.
        let scenario: String?
        /// Brokers, as `host:port` with commas between; `nil` takes the embedded one.
        let bootstrap: String?
        /// Where the JSON report goes.
        let jsonFile: String?
        /// Where the HTML report goes.
        let htmlFile: String?
        /// The passthrough's program; `nil` looks where its Makefile puts it.
        let floor: String?
        /// A server to call; only for the cost of calls.
        let url: String?
        /// Records in place of the scenario's number.
        let records: Int?
        /// Runs in place of the scenario's number.
        let repeats: Int?
        /// Whether a bound that is not held is a failure.
        let checksBounds: Bool
    }

    private static let scenario = Argument<String?>.positional(
        optional: "scenario", candidates: .files,
        help:
            "A scenario of bench/scenarios, its document, rule-book, or calls; everything if left out"
    )
    private static let bootstrap = Argument<String?>.option(
        optional: "bootstrap", value: "HOST:PORT,...",
        help: "Measure on these brokers instead of the embedded one")
    private static let json = Argument<String?>.option(
        optional: "json", value: "FILE", candidates: .files, help: "Write the figures as JSON")
    private static let html = Argument<String?>.option(
        optional: "html", value: "FILE", candidates: .files, help: "Write a report with charts")
    private static let floor = Argument<String?>.option(
        optional: "floor", value: "FILE", candidates: .files,
        help: "The passthrough's program; otherwise .build/floor/floor if it is there")
    private static let url = Argument<String?>.option(
        optional: "url", value: "URL",
        help: "With calls: measure HTTP calls of this server too, beside wrk where it is installed")
    private static let records = Argument<Int?>.option(
        optional: "records", value: "N", help: "Records, instead of the scenario's number")
    private static let repeats = Argument<Int?>.option(
        optional: "repeats", value: "N", help: "Runs of each side, instead of the scenario's number"
    )
    private static let check = Argument<Bool>.flag(
        "check", help: "End with exit code 1 where a bound of a scenario is not held")

    /// Declares the command.
    static func command(_ run: @escaping @Sendable (Options) throws -> Int32) -> Command {
        Command(
            "bench", "Measure the engine beside a plain passthrough",
            examples: [
                .init("pact bench", "Measures all scenarios on the embedded broker."),
                .init(
                    "pact bench rules-100 --bootstrap 127.0.0.1:9092 --html report.html",
                    "Measures one scenario on a real broker and writes a report."),
                .init(
                    "pact bench rule-book --check",
                    "Measures checking and planning 5,000 rules, and fails above the bounds."),
                .init(
                    "pact bench calls --url http://127.0.0.1:8080/",
                    "Measures calls of plugins, and HTTP calls of a server."),
            ],
            arguments: [
                scenario, bootstrap, json, html, floor, url, records, repeats, check,
            ]
        ) { given in
            try checkCounts(given[records], given[repeats])
            try checkURL(given[url], given[scenario])
            return try run(
                Options(
                    scenario: given[scenario], bootstrap: given[bootstrap], jsonFile: given[json],
                    htmlFile: given[html], floor: given[floor], url: given[url],
                    records: given[records],
                    repeats: given[repeats], checksBounds: given[check]))
        }
    }

    private static func checkURL(_ url: String?, _ scenario: String?) throws {
        guard let url else { return }
        guard scenario == callsBench else {
            throw UsageError(.wrongValue, "--url needs the scenario calls")
        }
        guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
            throw UsageError(.wrongValue, "--url is no http:// or https:// address: \(url)")
        }
    }

    private static func checkCounts(_ records: Int?, _ repeats: Int?) throws {
        for (name, count) in [("records", records), ("repeats", repeats)] {
            guard let count, count < 1 else { continue }
            throw UsageError(.wrongValue, "--\(name) is not 1 or more: \(count)")
        }
    }
}
