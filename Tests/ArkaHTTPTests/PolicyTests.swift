import Testing

@testable import ArkaHTTP

/// Addresses, ranges, patterns and policies as values.
@Suite struct PolicyTests {
    @Test(
        arguments: [
            ("10.1.2.3", "10.1.2.3"), ("2001:DB8::1", "2001:db8::1"),
            ("::ffff:10.1.2.3", "10.1.2.3"),
            ("::", "::"),
        ])
    func `an address has one form`(text: String, form: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.description == form)
        #expect(IPAddress(form) == address)
    }

    @Test(arguments: [
        "", "10.1.2", "10.1.2.3.4", "256.1.1.1", "fe80::1%eth0", "[::1]", "a.b", "1.2.3.4 ",
    ])
    func `what is no address is none`(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(
        arguments: [
            ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.0", false),
            ("10.0.0.0/8", "::a00:1", false), ("0.0.0.0/0", "255.255.255.255", true),
            ("::/0", "1.2.3.4", false), ("::/0", "ff02::1", true), ("fd00::/8", "fdff::1", true),
            ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false),
            ("10.0.0.0/8", "::ffff:10.0.0.1", true),
        ])
    func `a range holds the addresses that begin as it does`(
        range: String, address: String, isInside: Bool
    ) throws {
        let range = try #require(AddressRange(range))
        #expect(range.contains(try #require(IPAddress(address))) == isInside)
    }

    @Test(arguments: [
        "10.1.2.3/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "::/129", "x/8", "1.1.1.1/8/8",
    ])
    func `what is no range is none`(text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test(arguments: [
        "", "*", "*.", "a*.b", "a..b", "*.*.b", "a b", "a/b", "a:80", "*.127.0.0.1", "-\n",
    ])
    func `what is no pattern is none`(text: String) {
        #expect(HostPattern(text) == nil)
    }

    @Test(
        arguments: [
            ("*.0.0.1.example", "x.0.0.1.example", true), ("*.Example.COM", "a.example.com", true),
            ("*.example.com", "example.com", false), ("*.example.com", ".example.com", false),
            ("*.example.com", "badexample.com", false), ("example.com", "a.example.com", false),
            ("10.0.0.1", "10.0.0.1", true), ("::ffff:10.0.0.1", "10.0.0.1", true),
            ("2001:DB8:0:0::1", "2001:db8::1", true), ("2001:db8::1", "2001:db8::2", false),
        ])
    func `a pattern matches whole names`(pattern: String, host: String, matches: Bool) throws {
        #expect(try #require(HostPattern(pattern)).matches(host) == matches)
    }

    @Test func `a guarded address needs a range of its own`() throws {
        let loopback = try #require(IPAddress("127.0.0.1"))
        let metadata = try #require(IPAddress("169.254.169.254"))
        let inner = try #require(IPAddress("10.0.0.1"))
        #expect(!EgressPolicy().allows(loopback) && !EgressPolicy().allows(metadata))
        #expect(EgressPolicy().allows(inner))
        var policy = EgressPolicy(allowedRanges: [.everyIPv4, .loopbackIPv4])
        #expect(policy.allows(loopback) && policy.allows(inner) && !policy.allows(metadata))
        // A range that reaches beyond the guarded one does not count as naming it.
        policy.allowedRanges = [try #require(AddressRange("126.0.0.0/7"))]
        #expect(!policy.allows(loopback))
        policy.allowedRanges = [try #require(AddressRange("169.254.169.254"))]
        #expect(policy.allows(metadata) && !policy.allows(inner))
        policy.allowedRanges = []
        #expect(!policy.allows(inner))
    }

    @Test func `every guarded range is written correctly`() {
        #expect(EgressPolicy.guardedRanges.count == 12)
    }

    @Test(arguments: [
        "::ffff:127.0.0.1", "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::169.254.169.254",
        "64:ff9b:1::169.254.169.254", "64:ff9b:1:7f00:0:100::", "2002:7f00:1::", "fe80::1",
    ])
    func `a guarded address is not reached by way of another notation or a gateway`(
        text: String
    ) throws {
        #expect(!EgressPolicy().allows(try #require(IPAddress(text))))
    }

    @Test func `this machine over IPv6 can be allowed`() throws {
        let policy = EgressPolicy(allowedRanges: [.loopbackIPv6])
        #expect(policy.allows(try #require(IPAddress("::1"))))
        #expect(!policy.allows(try #require(IPAddress("::2"))))
    }
}
