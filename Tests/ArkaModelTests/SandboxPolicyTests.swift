import ArkaModel
import Testing

@Suite struct SandboxPolicyTests {
    @Test(arguments: [
        ("*.a.com", "x.a.com", "x.a.com"), ("*.a.com", "*.b.a.com", "*.b.a.com"),
        ("*.a.com", "a.com", "none"), ("a.com", "A.COM", "a.com"), ("*.a.com", "xa.com", "none"),
        ("*.a.com, c.com", "x.a.com, c.com, d.com", "c.com, x.a.com"),
        ("*.0.0.1", "127.0.0.1", "none"), ("*.0.0.1", "*.1.0.0.1", "*.1.0.0.1"),
        ("127.0.0.1", "127.0.0.1", "127.0.0.1"), ("::1", "::1", "::1"), ("", "a.com", "none"),
        ("*.a.com, x.a.com", "x.a.com, y.a.com", "x.a.com, y.a.com"),
    ])
    func `hosts are intersected by what they stand for`(a: String, b: String, both: String)
        throws
    {
        let (left, right) = (try hosts(a), try hosts(b))
        #expect(left.intersection(right).description == both)
        #expect(right.intersection(left).description == both)
    }

    private func hosts(_ text: String) throws -> HostRules {
        try HostRules(
            text.replacing(" ", with: "").split(separator: ",").map {
                try #require(HostRule(String($0)))
            })
    }

    @Test(arguments: [
        "", "*", "*.", "a..b", ".a", "a.", "a.com:80", "https://a.com", "a.*.com", "*a.com",
        "a b", "a/b", "10.0.0.0/8", "[::1]", "*.::1", "ä.com", "a.com\n",
        String(repeating: "a", count: 64) + ".com",
    ])
    func `what is no host is none`(text: String) {
        #expect(HostRule(text) == nil)
    }

    @Test func `a suffix holds all names below it, and not itself`() throws {
        let rule = try #require(HostRule("*.Example.com"))
        #expect(rule.matches("a.example.com") && rule.matches("A.b.EXAMPLE.com"))
        for host in ["example.com", "badexample.com", "example.com.evil.org", "", "*.example.com"] {
            #expect(!rule.matches(host), "\(host)")
        }
    }

    @Test func `paths are intersected by directories`() throws {
        func rules(_ paths: String...) throws -> PathRules {
            try PathRules(paths.map { try #require(PathRule($0)) })
        }
        let data = try rules("/data", "/config/shared/")
        #expect(
            try data.intersection(rules("/data/a", "/data/b/", "/etc")).description
                == "/data/a, /data/b")
        #expect(try data.intersection(rules("/")) == data)
        #expect(try data.intersection(rules("/database")).description == "none")
        #expect(try rules("/a", "/a/b", "/a//./b").description == "/a")
        #expect(data.allows("/data/x/y") && data.allows("/data"))
        for path in [
            "/data/../etc", "/dat", "/database", "data", "", "/config", "/data/x/../../etc",
        ] {
            #expect(!data.allows(path), "\(path)")
        }
        for path in ["", "a", "../a", "/a/..", "/../a", "/a/../b", "/a\u{0}b", "~/a", "/a\nb"] {
            #expect(PathRule(path) == nil, "\(path)")
        }
    }

    @Test func `what is denied stays denied`() {
        let open = SandboxPolicy(syscalls: .init(allowed: ["read", "fork"]))
        let shut = SandboxPolicy(syscalls: .init(denied: ["fork"]))
        let both = open.intersection(shut).syscalls
        #expect(both.allows("read") && !both.allows("fork") && !both.allows("open"))
        #expect(shut.syscalls.allows("open") && !shut.syscalls.allows("fork"))
        #expect(both.allowed == ["read"])
    }

    @Test func `an empty list is nothing, and no list is no bound`() {
        let none = SandboxPolicy(network: .init(hosts: HostRules([])), secrets: [])
        let both = SandboxPolicy().intersection(none)
        #expect(both.network.hosts?.rules == [] && both.secrets == [])
        #expect(both.files.readPaths == nil && both.environment == nil)
        #expect(SandboxPolicy().intersection(SandboxPolicy()) == SandboxPolicy())
    }

    @Test func `an intersection is commutative, associative, idempotent and never wider`() {
        var random = SplitMix(state: 7)
        for _ in 0..<2_000 {
            let (a, b) = (SandboxPolicy.random(&random), SandboxPolicy.random(&random))
            let c = SandboxPolicy.random(&random)
            let both = a.intersection(b)
            #expect(both == b.intersection(a))
            #expect(a.intersection(a) == a)
            #expect(both.intersection(a) == both)
            #expect(both.intersection(c) == a.intersection(b.intersection(c)))
            #expect(a.intersection(SandboxPolicy()) == a)
            for question in Question.all {
                #expect(
                    question.isAllowed(both) == (question.isAllowed(a) && question.isAllowed(b)),
                    "\(question.name) by \(a) and \(b)")
            }
        }
    }
}

/// Something that a policy allows or not.
private struct Question: Sendable {
    let name: String
    let isAllowed: @Sendable (SandboxPolicy) -> Bool

    static let all = hosts + paths + names + numbers

    private static let hosts =
        ["a.com", "x.a.com", "y.x.a.com", "b.com", "127.0.0.1", "x.0.0.1"].map { host in
            Question(name: host) { $0.network.hosts?.allows(host) ?? true }
        }

    private static let paths = ["/", "/a", "/a/b", "/a/b/c", "/ab", "/c"].flatMap { path in
        [
            Question(name: "read " + path) { $0.files.readPaths?.allows(path) ?? true },
            Question(name: "write " + path) { $0.files.writePaths?.allows(path) ?? true },
        ]
    }

    private static let names = ["read", "fork", "open"].flatMap { name in
        [
            Question(name: "call " + name) { $0.syscalls.allows(name) },
            Question(name: "secret " + name) { $0.secrets?.contains(name) ?? true },
            Question(name: "variable " + name) { $0.environment?.contains(name) ?? true },
        ]
    }

    private static let numbers: [Question] = (1...3).flatMap(numbers)

    private static func numbers(_ number: Int) -> [Question] {
        let time = Duration.seconds(number)
        return [
            Question(name: "port") { !$0.network.deniedPorts.contains(UInt16(number)) },
            Question(name: "connections") { number <= $0.network.connectionsMax ?? .max },
            Question(name: "bytes") { number <= $0.files.fileBytesMax ?? .max },
            Question(name: "memory") { number <= $0.resources.memoryBytes ?? .max },
            Question(name: "cpu") { number <= $0.resources.milliCPU ?? .max },
            Question(name: "time") { time <= $0.resources.callTime ?? .seconds(9) },
            Question(name: "timeout") { time <= $0.network.timeout ?? .seconds(9) },
        ]
    }
}

/// A small generator with a state that can be set.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Some of these.
    mutating func some<Item>(_ items: [Item]) -> [Item] {
        items.filter { _ in Bool.random(using: &self) }
    }

    /// Nothing, or this.
    mutating func maybe<Item>(_ make: (inout SplitMix) -> Item) -> Item? {
        Bool.random(using: &self) ? make(&self) : nil
    }
}

extension SandboxPolicy {
    fileprivate static func random(_ random: inout SplitMix) -> SandboxPolicy {
        let hosts = ["a.com", "*.a.com", "x.a.com", "*.x.a.com", "b.com", "127.0.0.1", "*.0.0.1"]
        let paths = ["/", "/a", "/a/b", "/a/b/c", "/ab"]
        let pathRules = { (random: inout SplitMix) in
            PathRules(random.some(paths).compactMap { PathRule($0) })
        }
        return SandboxPolicy(
            network: Network(
                hosts: random.maybe { HostRules($0.some(hosts).compactMap { HostRule($0) }) },
                deniedPorts: Set(random.some([1, 2])),
                connectionsMax: random.maybe { .random(in: 1...3, using: &$0) },
                timeout: random.maybe { .seconds(Int.random(in: 1...3, using: &$0)) }),
            files: Files(
                readPaths: random.maybe(pathRules), writePaths: random.maybe(pathRules),
                fileBytesMax: random.maybe { .random(in: 0...3, using: &$0) }),
            resources: Resources(
                milliCPU: random.maybe { .random(in: 1...3, using: &$0) },
                memoryBytes: random.maybe { .random(in: 1...3, using: &$0) },
                callTime: random.maybe { .seconds(Int.random(in: 1...3, using: &$0)) }),
            syscalls: Syscalls(
                allowed: random.maybe { Set($0.some(["read", "fork"])) },
                denied: Set(random.some(["fork", "open"]))),
            secrets: random.maybe { Set($0.some(["read", "open"])) },
            environment: random.maybe { Set($0.some(["read", "open"])) })
    }
}
