import ArkaSystem
import Synchronization

/// A few threads that look names up, so that a hung name server blocks nobody else.
///
/// A lookup cannot be interrupted: a thread that hangs in one is left behind at the end and goes when
/// the system lets it. Names beyond the number of threads wait in their order; the client asks for each
/// name once at a time, so a dead name takes one thread, however many requests want it.
final class LookupThreads: Sendable {
    private struct State {
        var names: [String] = []
        var idle: [WakeEvent] = []
        var isOpen = true
    }

    private let state = Mutex(State())
    private let lookup: any NameLookup
    private let answer: @Sendable (_ name: String, _ addresses: [IPAddress]) -> Void

    /// Starts the threads.
    /// - Parameter answer: Told each outcome, on one of the threads.
    /// - Throws: ``SystemError`` (`outOfResources`).
    init(
        count: Int, _ lookup: any NameLookup,
        answer: @escaping @Sendable (_ name: String, _ addresses: [IPAddress]) -> Void
    ) throws(SystemError) {
        self.lookup = lookup
        self.answer = answer
        do throws(SystemError) {
            for number in 0..<count {
                let event = try WakeEvent()
                _ = try Thread("http-lookup-\(number)") { self.run(event) }
            }
        } catch {
            close()
            throw error
        }
    }

    /// Has a name looked up. Never blocks.
    func request(_ name: String) {
        let idle = state.withLock { state -> WakeEvent? in
            state.names.append(name)
            return state.idle.popLast()
        }
        idle?.raise()
    }

    /// Lets idle threads end, and the others after their lookup; what waits is dropped.
    func close() {
        let idle = state.withLock { state in
            state.isOpen = false
            state.names = []
            defer { state.idle = [] }
            return state.idle
        }
        for event in idle { event.raise() }
    }

    private enum Step {
        case look(String)
        case wait
        case end
    }

    private func run(_ event: WakeEvent) {
        while true {
            switch nextStep(event) {
            case .look(let name): answer(name, lookup.addresses(of: name))
            case .wait: event.wait()
            case .end: return
            }
        }
    }

    private func nextStep(_ event: WakeEvent) -> Step {
        state.withLock { state in
            guard state.isOpen else { return .end }
            guard !state.names.isEmpty else {
                state.idle.append(event)
                return .wait
            }
            return .look(state.names.removeFirst())
        }
    }
}
