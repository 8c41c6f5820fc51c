public import ArkaCalls
public import ArkaModel
import Synchronization

/// Time that stands until a test lets it pass, with all that happens in it: alarms ring and tasks run
/// on the test's own thread, in the order in which they became ready.
public struct ManualTime: Sendable {
    /// What time it is.
    public let clock = ManualClock()
    /// What rings by the clock.
    public let alarm = ManualAlarm()
    /// What runs tasks.
    public let executor = ManualExecutor()

    /// Makes a time that stands.
    public init() {}

    /// Now.
    public var now: Duration { clock.monotonic }

    /// Runs tasks until none is ready.
    public func run() { executor.runAll() }

    /// Moves the clock, letting everything happen at its time.
    public func pass(_ span: Duration) {
        let end = now + span
        run()
        while let next = alarm.next, next <= end {
            clock.set(max(now, next))
            alarm.ringDue(at: now)
            run()
        }
        clock.set(end)
        run()
    }
}

/// A clock that tests move by hand.
public final class ManualClock: TimeSource {
    private let now = Mutex(Duration.seconds(1000))

    /// Time since some moment.
    public var monotonic: Duration { now.withLock { $0 } }
    /// The same in milliseconds.
    public var wallMilliseconds: Int64 { Int64(monotonic / .milliseconds(1)) }

    /// Sets it.
    public func set(_ time: Duration) { now.withLock { $0 = time } }
}

/// Alarms that ring when the test moves its clock.
public final class ManualAlarm: CallAlarm {
    private struct Wish {
        let time: Duration
        let ring: @Sendable () -> Void
    }

    private let wishes = Mutex<[Wish]>([])

    /// Keeps a wish.
    public func ring(at time: Duration, _ ring: @escaping @Sendable () -> Void) {
        wishes.withLock { $0.append(Wish(time: time, ring: ring)) }
    }

    /// When the next one is due.
    public var next: Duration? { wishes.withLock { $0.map(\.time).min() } }

    /// Rings what is due, in order.
    public func ringDue(at now: Duration) {
        let due = wishes.withLock { wishes in
            defer { wishes.removeAll { $0.time <= now } }
            return wishes.filter { $0.time <= now }
        }
        for wish in due { wish.ring() }
    }
}

/// Runs tasks when the test says so, on its own thread, in the order in which they became ready.
public final class ManualExecutor: TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])

    /// Keeps a job.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
    }

    /// Runs jobs until none is ready.
    public func runAll() {
        while let job = jobs.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}
