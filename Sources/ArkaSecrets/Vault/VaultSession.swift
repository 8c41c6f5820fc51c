import ArkaModel

/// The token with which Vault is asked, and when it must be renewed, as a value.
///
/// ```
/// none ──login──► held ──(2/3 of its time)──► renewed … until Vault shortens it ──► login anew
///   ▲               └── refused, or its time is over ──┐
///   └──────────────────────────────────────────────────┘
/// ```
struct VaultSession: Sendable {
    /// What to do so that the token lasts.
    enum Upkeep: Hashable {
        case nothing
        case renew(SecretText)
        case login
    }

    private struct Held {
        let token: SecretText
        /// How long it was valid at first; `nil` for ever, or not known.
        let firstTime: Duration?
        var end: Duration?
        var renewAt: Duration?
        var isRenewable: Bool
    }

    private var held: Held?

    /// The token to ask with; `nil` if there is none that is valid.
    func token(at now: Duration) -> SecretText? {
        guard let held, held.end.map({ now < $0 }) ?? true else { return nil }
        return held.token
    }

    /// What is due.
    func upkeep(at now: Duration) -> Upkeep {
        guard let held, let renewAt = held.renewAt, now >= renewAt else { return .nothing }
        return held.isRenewable && held.end.map { now < $0 } ?? true ? .renew(held.token) : .login
    }

    /// A token was obtained.
    /// - Parameter validFor: `nil` if it does not end, or that is not known.
    mutating func loggedIn(
        _ token: SecretText, validFor: Duration?, isRenewable: Bool, at now: Duration
    ) {
        held = Held(
            token: token, firstTime: validFor, end: validFor.map { now + $0 },
            renewAt: validFor.map { now + $0 / 3 * 2 }, isRenewable: isRenewable)
    }

    /// The token was renewed. Close to the longest time that Vault allows, each renewal gives less;
    /// then it is time for another token.
    mutating func renewed(validFor: Duration, isRenewable: Bool, at now: Duration) {
        guard var held else { return }
        held.end = now + validFor
        held.renewAt = now + validFor / 3 * 2
        held.isRenewable = isRenewable && validFor * 2 >= held.firstTime ?? .zero
        self.held = held
    }

    /// The token could not be renewed; tried again while it is valid.
    mutating func renewalFailed(at now: Duration) {
        guard let end = held?.end else { return }
        held?.renewAt = now + max((end - now) / 3, .seconds(1))
    }

    /// Vault does not take a token.
    mutating func refused(_ token: SecretText) {
        if held?.token == token { held = nil }
    }
}
