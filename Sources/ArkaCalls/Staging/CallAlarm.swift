public import ArkaModel

/// What calls back at a given time: a clock in the engine, a list in tests.
public protocol CallAlarm: Sendable {
    /// Calls `ring` once, at `time` or soon after, on any thread. Earlier wishes stay.
    /// - Parameter time: As the stage's ``TimeSource`` has it, monotonic.
    func ring(at time: Duration, _ ring: @escaping @Sendable () -> Void)
}

/// An alarm that sleeps in a task.
public struct SleepingAlarm: CallAlarm {
    private let time: any TimeSource

    /// Makes an alarm.
    /// - Parameter time: The stage's own.
    public init(_ time: any TimeSource) {
        self.time = time
    }

    /// Calls `ring` once, at `time` or soon after.
    public func ring(at time: Duration, _ ring: @escaping @Sendable () -> Void) {
        let pause = max(.zero, time - self.time.monotonic)
        Task {
            do { try await Task.sleep(for: pause) } catch { return }
            ring()
        }
    }
}
