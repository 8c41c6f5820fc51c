/// A secret. It prints as ``SecretRedactor/mark``, however it is printed; whoever needs it asks for
/// ``revealed`` and passes it on to nothing that is shown.
public struct SecretText: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The secret itself.
    public let revealed: String

    /// Keeps a secret.
    public init(_ text: String) {
        revealed = text
    }

    /// Says that there is a secret, and nothing about it.
    public var description: String { SecretRedactor.mark }
    /// As above.
    public var debugDescription: String { SecretRedactor.mark }
    /// Has no children, so that `dump` shows nothing either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
