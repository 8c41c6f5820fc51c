import CSystem
import Glibc

/// What the process has used so far.
public enum ProcessUsage {
    /// CPU time of all threads, in user mode and in the kernel.
    public static var cpuTime: (user: Duration, system: Duration) {
        var user: Int64 = 0
        var system: Int64 = 0
        // SAFETY: both are ours for the call.
        arka_cpu_time(&user, &system)
        return (.nanoseconds(user), .nanoseconds(system))
    }

    /// The largest resident set so far, in bytes.
    public static var peakResidentBytes: Int { Int(arka_peak_resident_bytes()) }

    /// The resident set now, in bytes; `nil` where there is no `/proc`.
    public static var residentBytes: Int? {
        guard let bytes = try? readFile("/proc/self/statm", limit: 4096) else { return nil }
        let fields = bytes.split(separator: UInt8(ascii: " "))
        guard fields.count > 1, let pages = Int(String(decoding: fields[1], as: UTF8.self)) else {
            return nil
        }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}

/// Processors that this process may use; at least 1.
public func availableCores() -> Int {
    max(1, Int(arka_usable_processors()))
}
