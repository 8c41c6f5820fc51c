import ArkaEvaluate
import ArkaKafka
import ArkaSystem

/// What this machine has: versions, and what they cannot do.
func machineFindings() -> [Finding] {
    let library = LibraryVersion.loaded
    var findings = [
        Finding(verdict: .fine, subject: "pact", text: pactVersion),
        Finding(
            verdict: library >= LibraryVersion(2, 0, 2) ? .fine : .problem, subject: "librdkafka",
            text: "\(library)"),
        Finding(
            verdict: .fine, subject: "processors",
            text: "\(availableCores()), evaluation on \(KernelPath.best)"),
    ]
    findings += library.limitations.map {
        Finding(verdict: .note, subject: "librdkafka", text: $0)
    }
    return findings
}
