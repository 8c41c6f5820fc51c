import ArkaSystem

extension BenchMachine {
    /// Looks at this machine; what cannot be found out is called unknown.
    static func current() -> BenchMachine {
        BenchMachine(
            processor: processorName() ?? "unknown processor", cores: availableCores(),
            kernel: text(of: "/proc/sys/kernel/osrelease") ?? "unknown")
    }

    private static func processorName() -> String? {
        let line = text(of: "/proc/cpuinfo")?.split(separator: "\n")
            .first { $0.hasPrefix("model name") }
        return line?.split(separator: ":", maxSplits: 1).last.map { trimmed(String($0)) }
    }

    private static func text(of path: String) -> String? {
        // A machine with 1,000 processors has 2 MB of them.
        guard let bytes = try? readFile(path, limit: 16 << 20) else { return nil }
        return trimmed(String(decoding: bytes, as: UTF8.self))
    }

    private static func trimmed(_ text: String) -> String {
        let rest = text.drop { $0.isWhitespace }
        return String(rest.reversed().drop { $0.isWhitespace }.reversed())
    }
}
