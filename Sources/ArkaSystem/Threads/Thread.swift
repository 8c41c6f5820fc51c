import ArkaModel
import CSystem
import Glibc
import Synchronization

/// A thread of its own with a name, for work that blocks: lanes, commits, the log's writer.
///
/// Not for work that suspends; that belongs to tasks. The thread inherits the caller's signal mask,
/// so ``blockSignals()`` must have run before the first one starts.
public final class Thread: Sendable {
    /// The name that debuggers and `/proc` show (its first 15 bytes).
    public let name: String
    private let handle: Mutex<pthread_t?>

    /// Starts the thread.
    /// - Parameters:
    ///   - name: What `top -H` shows; keep it below 16 bytes.
    ///   - body: What it does; the thread ends when this returns.
    /// - Throws: ``SystemError`` (`outOfResources`) if the system gives no thread.
    public init(_ name: String, _ body: @escaping @Sendable () -> Void) throws(SystemError) {
        self.name = name
        let start = Unmanaged.passRetained(Start(name: name, body: body))
        var thread = pthread_t()
        // SAFETY: the retained object is taken over by the new thread, and only if there is one.
        let result = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, start.toOpaque())
        guard result == 0 else {
            start.release()
            throw SystemError(
                .outOfResources, name, "cannot start a thread", errorNumber: result)
        }
        handle = Mutex(thread)
    }

    deinit {
        // SAFETY: nobody joined it, and nobody else knows the handle: let go of it.
        if let thread = handle.withLock({ $0 }) { pthread_detach(thread) }
    }

    /// Waits until the thread's body has returned. Later calls return at once.
    ///
    /// Blocks; never call it from the thread itself or from a task.
    public func join() {
        let thread = handle.withLock { handle in
            defer { handle = nil }
            return handle
        }
        guard let thread else { return }
        // SAFETY: taken out of the box above, so it is joined exactly once and never detached.
        pthread_join(thread, nil)
    }

    private final class Start: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }

        func run() {
            arka_name_this_thread(name)
            body()
        }
    }
}

/// The kernel's id of the calling thread, as `top -H` and debuggers show it.
public func currentThreadID() -> Int32 { arka_thread_id() }
