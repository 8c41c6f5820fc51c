import ArkaCommandLine
import Testing

@Suite struct ProgressLineTests {
    @Test func `a line is shown ten times a second at most, and fits the terminal`() {
        var line = ProgressLine("eval", unit: "lines", columns: 80, now: .zero)
        #expect(line.update(count: 1, fraction: 0, now: .milliseconds(99)) == nil)
        let first = line.update(count: 500_000, fraction: 0.5, now: .seconds(1)) ?? ""
        let shown = "\reval [############------------]  50 %  500,000 lines, 500,000/s"
        #expect(first == shown + String(repeating: " ", count: 80 - shown.count))
        #expect(line.update(count: 1, fraction: 1, now: .milliseconds(1050)) == nil)
        let second = line.update(count: 9, fraction: nil, now: .milliseconds(1100)) ?? ""
        #expect(second.hasPrefix("\reval 9 lines, 8/s "))
        #expect(second.count == first.count)
    }

    @Test(arguments: [-1.0, 0, 0.999, 1, 7])
    func `any fraction gives a bar of the same width`(fraction: Double) {
        var line = ProgressLine("x", unit: "y", columns: 60, now: .zero)
        let text = line.update(count: 0, fraction: fraction, now: .seconds(1)) ?? ""
        #expect(text.filter { $0 == "#" || $0 == "-" }.count == 24)
    }

    @Test func `clearing removes what was shown, and nothing else`() throws {
        var line = ProgressLine("x", unit: "y", columns: 30, now: .zero)
        #expect(line.clear() == "")
        _ = line.update(count: 0, fraction: nil, now: .seconds(1))
        #expect(line.clear() == "\r" + String(repeating: " ", count: 29) + "\r")
        #expect(line.clear() == "")
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567")])
    func `large numbers are grouped`(number: Int, text: String) {
        #expect(grouped(number) == text)
    }
}
