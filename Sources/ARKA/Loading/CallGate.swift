import PactPlugins
import Synchronization

/// Lets calls of a plugin's functions in until it is unloaded, and tells when the last one has left.
///
/// So nothing of a plugin is called once its `shutdown` has begun, whatever still wants an answer.
final class CallGate: Sendable {
    private struct State {
        var insideCount = 0
        var isClosed = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// Whether calls are refused.
    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Refuses calls from now on.
    func close() {
        state.withLock { $0.isClosed = true }
    }

    /// Lets a call in.
    /// - Throws: ``PactPlugins/PluginError`` that is not worth trying again, if the gate is closed.
    func enter() throws(PluginError) {
        let isIn = state.withLock { state in
            if !state.isClosed { state.insideCount += 1 }
            return !state.isClosed
        }
        guard isIn else { throw PluginError("the plugin was unloaded", isRetryable: false) }
    }

    /// Lets a call out that was let in.
    func leave() {
        let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.insideCount -= 1
            guard state.insideCount == 0 else { return [] }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Returns once nobody is inside; close it first, or others may come.
    func waitUntilEmpty() async {
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock { state in
                if state.insideCount > 0 { state.waiters.append(continuation) }
                return state.insideCount == 0
            }
            if isEmpty { continuation.resume() }
        }
    }
}

extension RegisteredFunction {
    /// The function, called only while the gate is open.
    func behind(_ gate: CallGate) -> RegisteredFunction {
        RegisteredFunction(
            signature, settings, form.behind(gate), parameterSummaries: parameterSummaries)
    }
}

extension RegisteredFunction.Form {
    fileprivate func behind(_ gate: CallGate) -> Self {
        switch self {
        case .immediate(let code):
            .immediate { call in
                try gate.enter()
                defer { gate.leave() }
                return try code(call)
            }
        case .immediateBatch(let itemsMax, let code):
            .immediateBatch(itemsMax: itemsMax) { calls in
                try gate.enter()
                defer { gate.leave() }
                return try code(calls)
            }
        case .single(let code):
            .single { call in
                try gate.enter()
                defer { gate.leave() }
                return try await code(call)
            }
        case .batch(let itemsMax, let code):
            .batch(itemsMax: itemsMax) { calls in
                try gate.enter()
                defer { gate.leave() }
                return try await code(calls)
            }
        }
    }
}
