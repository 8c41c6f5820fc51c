import Testing

@testable import PactProgram

@Suite struct BenchFiguresTests {
    @Test(
        arguments: [
            ([], nil), ([3], 3), ([9, 1, 5], 5), ([4, 1, 2, 3], 2.5),
        ] as [([Double], Double?)])
    func `the median is the middle value`(values: [Double], expected: Double?) {
        #expect(median(values) == expected)
    }

    @Test func `a run's figures follow from its counts and times`() {
        let run = BenchSamples.run(cpu: 4, active: 20)
        #expect(run.cpuMicrosecondsPerRecord == 4)
        #expect(run.recordsPerSecond == 50_000)
        #expect(run.recordsPerSecondOverall == 25_000)
        #expect(run.recordsPerCommit == 250)
        #expect(run.bytesPerRecord == 330)
    }

    @Test func `a run without records has figures of zero, none that is not a number`() {
        let run = SideRun()
        let figures = [
            run.cpuMicrosecondsPerRecord, run.recordsPerSecond, run.recordsPerSecondOverall,
            run.recordsPerCommit, run.bytesPerRecord,
        ]
        #expect(figures == [0, 0, 0, 0, 0])
    }

    @Test func `ratios compare medians, and the range those of runs in turn`() {
        let figures = BenchSamples.figures
        #expect(figures.engine(\.cpuMicrosecondsPerRecord) == 4)
        #expect(figures.floor(\.cpuMicrosecondsPerRecord) == 2)
        #expect(figures.cpuRatio == 2)
        #expect(figures.cpuRatioRange == 1.5...2)
        #expect(figures.speedRatio == 0.5)
    }

    @Test func `without a passthrough there is no ratio and no verdict`() {
        var report = BenchSamples.report()
        report.scenarios[0].results[0].floor = []
        #expect(report.scenarios[0].results[0].cpuRatio == nil)
        #expect(report.scenarios[0].isHeld == nil)
        #expect(report.holdsAllBounds)
    }

    @Test func `a bound is held up to and including its value`() {
        #expect(BenchSamples.report(ratioMax: 2).scenarios[0].isHeld == true)
        #expect(BenchSamples.report(ratioMax: 1.99).scenarios[0].isHeld == false)
        #expect(!BenchSamples.report(ratioMax: 1.99).holdsAllBounds)
        #expect(BenchSamples.report(ratioMax: nil).scenarios[0].isHeld == nil)
    }

    @Test func `sides with equal settings do not differ, in whatever order`() {
        var other = SideSettings()
        other["producer.linger.ms"] = "5"
        other["lanes"] = "2"
        #expect(BenchSamples.settings("5").differences(from: other, own: "a", other: "b") == [])
    }

    @Test func `a planted difference of settings is found, as is one that only one side tells`() {
        var floor = BenchSamples.settings("50")
        floor["consumer.check.crcs"] = "true"
        let found = BenchSamples.settings("5").differences(
            from: floor, own: "engine", other: "floor")
        #expect(
            found == [
                "producer.linger.ms differs: engine 5, floor 50",
                "consumer.check.crcs differs: engine (not told), floor true",
            ])
    }

    @Test func `what a side reports is read by path, and what is missing is nothing`() {
        let text = #"{"a":{"b":7,"c":"x","d":[1]},"s":1.5,"n":-3}"#
        let report = SideReport(Array(text.utf8), name: "test")
        #expect(report.integer("a", "b") == 7 && report.integer("n") == -3)
        #expect(report.integer("a", "c") == 0 && report.integer("nowhere", "b") == 0)
        #expect(report.seconds("s") == .milliseconds(1_500) && report.seconds("a") == .zero)
        #expect(report.scalars("a").map(\.name) == ["b", "c"])
        #expect(SideReport(Array("{".utf8), name: "test").integer("a") == 0)
    }
}
