/// Which calls a walk asked for that have no answer yet.
///
/// A walk reads records and answers and nothing else. So where it asked for none of these, what it
/// found stays as it is, whatever they will answer.
final class AwaitedCalls {
    private(set) var calls: Set<CallIndex> = []

    func note(_ call: CallIndex) {
        calls.insert(call)
    }

    /// Does something, and says which calls without an answer it asked for; they are not noted.
    func asking<Result>(_ body: () -> Result) -> (result: Result, asked: Set<CallIndex>) {
        let outer = calls
        calls = []
        defer { calls = outer }
        return (body(), calls)
    }

    func note(_ asked: Set<CallIndex>) {
        calls.formUnion(asked)
    }

    /// Does something, and says whether it asked for a call without an answer.
    func observing<Result>(_ body: () -> Result) -> (result: Result, isOpen: Bool) {
        let (result, asked) = asking(body)
        note(asked)
        return (result, !asked.isEmpty)
    }
}
