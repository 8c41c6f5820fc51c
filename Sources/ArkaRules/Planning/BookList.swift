public import ArkaText

/// A list from a file that rules look into.
public enum BookList: Sendable {
    /// Its entries as texts.
    case texts(name: String, TextList)
    /// Its entries as numbers.
    case numbers(name: String, NumberList)

    /// The name that the rules give it.
    public var name: String {
        switch self {
        case .texts(let name, _), .numbers(let name, _): name
        }
    }
}
