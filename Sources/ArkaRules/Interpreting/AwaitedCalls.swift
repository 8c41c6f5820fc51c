/// Which calls a walk asked for that have no answer yet.
///
/// A walk reads records and answers and nothing else. So where it asked for none of these, what it
/// found stays as it is, whatever they will answer.
final class AwaitedCalls {
    private(set) var calls: Set<CallIndex> = []

    func note(_ call: CallIndex) {
        calls.insert(call)
    }

    /// Does something, and says whether it asked for a call without an answer.
    func observing<Result>(_ body: () -> Result) -> (result: Result, isOpen: Bool) {
        let outer = calls
        calls = []
        let result = body()
        let isOpen = !calls.isEmpty
        calls.formUnion(outer)
        return (result, isOpen)
    }
}
