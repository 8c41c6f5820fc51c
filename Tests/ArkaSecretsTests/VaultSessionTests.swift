import ArkaModel
import Testing

@testable import ArkaSecrets

/// When a token is renewed, and when another one is needed.
@Suite struct VaultSessionTests {
    private var session = VaultSession()
    private let token = SecretText("hvs.1")

    @Test mutating func `a token is renewed when two thirds of its time are over`() {
        #expect(session.token(at: .zero) == nil && session.upkeep(at: .zero) == .nothing)
        session.loggedIn(token, validFor: .seconds(60), isRenewable: true, at: .zero)
        #expect(session.token(at: .seconds(59)) == token)
        #expect(session.upkeep(at: .seconds(39)) == .nothing)
        #expect(session.upkeep(at: .seconds(40)) == .renew(token))
        session.renewed(validFor: .seconds(60), isRenewable: true, at: .seconds(40))
        #expect(session.token(at: .seconds(99)) == token)
        #expect(session.upkeep(at: .seconds(79)) == .nothing)
        #expect(session.upkeep(at: .seconds(80)) == .renew(token))
    }

    @Test mutating func `a token that Vault renews for less and less is replaced in time`() {
        session.loggedIn(token, validFor: .seconds(60), isRenewable: true, at: .zero)
        session.renewed(validFor: .seconds(20), isRenewable: true, at: .seconds(40))
        #expect(session.token(at: .seconds(59)) == token)
        #expect(session.upkeep(at: .seconds(54)) == .login)
    }

    @Test mutating func `a token that cannot be renewed is replaced in time`() {
        session.loggedIn(token, validFor: .seconds(60), isRenewable: false, at: .zero)
        #expect(session.upkeep(at: .seconds(40)) == .login)
        #expect(session.token(at: .seconds(60)) == nil)
        #expect(session.upkeep(at: .seconds(60)) == .login)
    }

    @Test mutating func `a renewal that fails is tried again while the token is valid`() {
        session.loggedIn(token, validFor: .seconds(60), isRenewable: true, at: .zero)
        session.renewalFailed(at: .seconds(40))
        #expect(session.upkeep(at: .seconds(46)) == .nothing)
        #expect(session.upkeep(at: .seconds(47)) == .renew(token))
        #expect(session.upkeep(at: .seconds(60)) == .login)
    }

    @Test mutating func `a token without an end is left alone, and a refused one is dropped`() {
        session.loggedIn(token, validFor: nil, isRenewable: false, at: .zero)
        #expect(session.upkeep(at: .seconds(1_000_000)) == .nothing)
        session.refused(SecretText("another"))
        #expect(session.token(at: .seconds(1_000_000)) == token)
        session.refused(token)
        #expect(session.token(at: .zero) == nil)
    }
}
