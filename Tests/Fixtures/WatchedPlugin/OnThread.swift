import ArkaSystem
import Synchronization

/// Does something that blocks on a thread of its own, as lanes do: what waits for plugins must not be
/// one of the threads that they run on.
public func onThread<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
) async throws -> Value {
    let thread = Mutex<Thread?>(nil)
    let value = try await withCheckedThrowingContinuation { continuation in
        do {
            let started = try Thread("test") {
                continuation.resume(with: Result { try body() })
            }
            thread.withLock { $0 = started }
        } catch {
            continuation.resume(throwing: error)
        }
    }
    thread.withLock { $0 }?.join()
    return value
}
