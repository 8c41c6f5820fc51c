import ArkaSystem
import Synchronization

/// Does something that suspends, and waits for it: for the program's beginning and end, whose thread has
/// nothing else to do. Never on a thread that tasks run on.
func waiting<Value: Sendable, Failure: Error>(
    _ body: @escaping @Sendable () async throws(Failure) -> Value
) throws(Failure) -> Value {
    guard let done = try? Latch() else { preconditionFailure("no descriptor is left to wait with") }
    let outcome = Outcome<Value, Failure>()
    Task.detached {
        do throws(Failure) {
            outcome.set(.success(try await body()))
        } catch {
            outcome.set(.failure(error))
        }
        done.open()
    }
    done.wait()
    return try outcome.value.get()
}

/// Where one task leaves what another thread waits for.
private final class Outcome<Value: Sendable, Failure: Error>: Sendable {
    private let result = Mutex<Result<Value, Failure>?>(nil)

    func set(_ result: Result<Value, Failure>) { self.result.withLock { $0 = result } }

    var value: Result<Value, Failure> {
        guard let value = result.withLock({ $0 }) else {
            preconditionFailure("it is looked at when it has been set")
        }
        return value
    }
}
