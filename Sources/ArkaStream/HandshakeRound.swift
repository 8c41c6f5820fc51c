/// Names one question to all lanes; each answer repeats it.
///
/// A lane that answers late answers an earlier round, which must not count for the present one.
public struct HandshakeRound: Sendable, Hashable {
    /// Counted from 1; 0 where nobody waits for the answer.
    public let number: Int

    /// Names the round with this number.
    public init(_ number: Int) { self.number = number }

    /// Names a request whose answer nobody waits for.
    public static let unasked = HandshakeRound(0)
    /// Names the round after this one.
    public var next: HandshakeRound { HandshakeRound(number + 1) }
}
