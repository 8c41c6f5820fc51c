/// Waits for some work, but no longer than a limit.
///
/// A task group would wait for work that ignores its cancellation; this does not, so it can be left
/// behind. It is cancelled when the time is over, or when the calling task is cancelled.
/// - Returns: What came of it; `nil` if the time was over, or nobody waits any more.
func outcome<Value: Sendable>(
    within limit: Duration, on clock: any Clock<Duration>,
    of work: @escaping @Sendable () async -> Value
) async -> Value? {
    let (ends, end) = AsyncStream<Value?>.makeStream(bufferingPolicy: .bufferingOldest(1))
    let worker = Task { end.yield(await work()) }
    let timer = Task {
        guard (try? await clock.sleep(for: limit)) != nil else { return }
        end.yield(nil)
    }
    defer {
        worker.cancel()
        timer.cancel()
    }
    for await first in ends { return first }
    return nil
}
