import ArkaSystem
import Foundation
import Testing

@Suite struct CoreDumpTests {
    /// In a process of its own: there is no way back.
    @Test func `a process can see to it that it leaves no core dump`() async {
        await #expect(processExitsWith: .exitCode(0)) {
            guard mayDumpCore, forbidCoreDumps(), !mayDumpCore else { exit(1) }
            let limits = try String(contentsOfFile: "/proc/self/limits", encoding: .utf8)
            let line = limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") }
            let words = line?.split(separator: " ") ?? []
            exit(words.contains("0") && !words.contains("unlimited") ? 0 : 2)
        }
    }
}
