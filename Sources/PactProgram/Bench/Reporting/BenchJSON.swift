import ArkaConfig
import ArkaJSON

extension BenchReport {
    /// The whole report as a JSON document, `arka.bench/1`.
    var json: [UInt8] {
        var json = JSONWriter()
        json.object {
            $0.member("schema", "arka.bench/1")
            $0.member("started_ms", Int(startedMilliseconds))
            $0.member("broker", broker)
            $0.name("machine")
            $0.object {
                $0.member("processor", machine.processor)
                $0.member("cores", machine.cores)
                $0.member("kernel", machine.kernel)
            }
            $0.name("versions")
            $0.object { json in for entry in versions { json.member(entry.name, entry.version) } }
            $0.name("problems")
            $0.array { json in for problem in problems { json.string(problem) } }
            if let ruleBook {
                $0.name("rule_book")
                ruleBook.write(to: &$0)
            }
            if let calls {
                $0.name("calls")
                calls.write(to: &$0)
            }
            $0.name("scenarios")
            $0.array { json in for scenario in scenarios { scenario.write(to: &json) } }
        }
        return json.bytes
    }
}

extension RuleBookCost {
    fileprivate func write(to json: inout JSONWriter) {
        json.object {
            $0.member("rules", rules)
            $0.member("text_bytes", textBytes)
            $0.member("predicates", predicates)
            $0.member("cpu_seconds", cpuSeconds)
            $0.member("peak_bytes", peakBytes)
            $0.name("held")
            $0.boolean(isHeld)
        }
    }
}

extension CallCosts {
    fileprivate func write(to json: inout JSONWriter) {
        json.object {
            $0.member("transactions", transactions)
            $0.member("runs", runs)
            $0.member("record_bytes", recordBytes)
            $0.member("cpu_nanoseconds_without_calls", withoutCalls)
            $0.name("costs")
            $0.array { json in for row in rows { row.write(to: &json) } }
            $0.name("held")
            $0.boolean(isHeld)
            if let http {
                $0.name("http")
                http.write(to: &$0)
            }
        }
    }
}

extension CallCosts.Row {
    fileprivate func write(to json: inout JSONWriter) {
        json.object {
            $0.member("call", name)
            $0.member("cpu_nanoseconds", nanoseconds)
            $0.member("cpu_nanoseconds_max", nanosecondsMax)
        }
    }
}

extension HTTPCosts {
    fileprivate func write(to json: inout JSONWriter) {
        json.object {
            $0.member("url", url)
            $0.member("concurrency", concurrency)
            $0.member("client", engine.name)
            $0.member("calls_per_cpu_second", engine.requestsPerSecond)
            $0.member("wrk_calls_per_cpu_second", wrk?.requestsPerSecond)
        }
    }
}

extension ScenarioFigures {
    fileprivate func write(to json: inout JSONWriter) {
        json.object {
            $0.member("name", name)
            $0.member("rules", rules)
            $0.member("records", records)
            $0.member("partitions", partitions)
            $0.member("message_bytes", messageBytes)
            $0.member("ratio_max", ratioMax)
            if let isHeld {
                $0.name("held")
                $0.boolean(isHeld)
            }
            $0.name("results")
            $0.array { json in for figures in results { figures.write(to: &json) } }
        }
    }
}

extension GuaranteeFigures {
    fileprivate func write(to json: inout JSONWriter) {
        json.object {
            $0.member("guarantee", guarantee.rawValue)
            $0.member("cpu_ratio", cpuRatio)
            $0.member("cpu_ratio_min", cpuRatioRange?.lowerBound)
            $0.member("cpu_ratio_max", cpuRatioRange?.upperBound)
            $0.member("speed_ratio", speedRatio)
            $0.name("engine")
            write(engine, engineSettings, to: &$0)
            $0.name("floor")
            write(floor, floorSettings, to: &$0)
        }
    }

    private func write(
        _ runs: [SideRun], _ settings: SideSettings, to json: inout JSONWriter
    ) {
        guard !runs.isEmpty else { return json.null() }
        json.object {
            $0.member(
                "cpu_microseconds_per_record", median(runs.map(\.cpuMicrosecondsPerRecord)))
            $0.member("records_per_second", median(runs.map(\.recordsPerSecond)))
            $0.member("records_per_commit", median(runs.map(\.recordsPerCommit)))
            $0.member("bytes_per_record", median(runs.map(\.bytesPerRecord)))
            $0.name("settings")
            $0.object { json in
                for entry in settings.entries { json.member(entry.name, entry.value) }
            }
            $0.name("runs")
            $0.array { json in for run in runs { run.write(to: &json) } }
        }
    }
}

extension SideRun {
    fileprivate func write(to json: inout JSONWriter) {
        json.object {
            $0.member("records", records)
            $0.member("commits", commits)
            $0.member("bytes_out", bytesOut)
            $0.member("cpu_user_seconds", userTime / .seconds(1))
            $0.member("cpu_system_seconds", systemTime / .seconds(1))
            $0.member("cpu_start_seconds", startTime / .seconds(1))
            $0.member("active_seconds", activeTime / .seconds(1))
            $0.member("whole_seconds", wholeTime / .seconds(1))
        }
    }
}

extension JSONWriter {
    fileprivate mutating func object(_ body: (inout JSONWriter) -> Void) {
        beginObject()
        body(&self)
        endObject()
    }

    fileprivate mutating func array(_ body: (inout JSONWriter) -> Void) {
        beginArray()
        body(&self)
        endArray()
    }

    fileprivate mutating func member(_ name: String, _ text: String) {
        self.name(name)
        string(text)
    }

    fileprivate mutating func member(_ name: String, _ count: Int) {
        self.name(name)
        integer(count)
    }

    /// A measured figure: six decimals are more than a clock gives. Left out where there is none.
    fileprivate mutating func member(_ name: String, _ value: Double?) {
        guard let value else { return }
        self.name(name)
        word(fixedText(value, 6))
    }
}
