import ArkaDocuments
public import ArkaModel
public import ArkaRules

/// What a function answers in a test.
public struct CallMock: Sendable {
    /// The function's path, such as `plugin.sanctions_list.check_sanctions`.
    public var function: String
    /// Where that stands.
    public var place: SourcePlace
    /// The arguments that a call must have, others may be given too; `nil` for every call.
    public var arguments: [CallRequest.Argument]?
    /// What it answers.
    public var answer: CallAnswer
    /// The answer as written, to be held against what the function declares; `nil` for a failure.
    let written: YAMLNode?
}

extension [CallMock] {
    /// What these mocks answer to a request: the first whose arguments it has, else the first that
    /// names none; `nil` if there is neither.
    public func answer(to request: CallRequest) -> CallAnswer? {
        let own = filter { $0.function == request.function.path }
        let exact = own.first { mock in
            mock.arguments.map { Set($0).isSubset(of: Set(request.arguments)) } ?? false
        }
        return (exact ?? own.first { $0.arguments == nil })?.answer
    }
}
