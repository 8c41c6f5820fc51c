import Foundation

/// JSON as the plan holds it, read by somebody else.
struct JSONText {
    private let value: Any?

    init(_ text: String) {
        value = try? JSONSerialization.jsonObject(
            with: Data(text.utf8), options: [.fragmentsAllowed])
    }

    /// The string that it is; `nil` if it is none.
    var string: String? { value as? String }
}
