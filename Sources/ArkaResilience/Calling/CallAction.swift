/// What the shell around a ``CallMachine`` does next.
public enum CallAction<Answer: Sendable>: Sendable {
    /// Hand an outcome to a call. It is the call's end; no other comes.
    case finish(CallID, CallOutcome<Answer>)
    /// Call the plugin, and report its end with ``CallMachine/ended(_:with:at:into:)``, exactly once.
    case dispatch(CallDispatch)
    /// Tell the plugin that nobody waits any more. Its end is reported all the same, when it ends.
    case cancel(DispatchID)
}

/// What became of a call that was just started.
@frozen public enum CallStart<Answer: Sendable>: Sendable {
    /// It has ended already.
    case ended(CallOutcome<Answer>)
    /// ``CallAction/finish(_:_:)`` will say.
    case pending
}
