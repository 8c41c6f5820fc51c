import ArkaModel
import Testing

@Suite struct SemanticVersionTests {
    @Test(arguments: [
        "0.0.0", "1.2.3", "10.20.30", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-0.3.7",
        "1.0.0-x.7.z.92", "1.0.0-x-y-z.--", "1.0.0+20130313144700", "1.0.0-beta+exp.sha.5114f85",
        "1.0.0+21AF26D3---117B344092BD", "1.0.0-alpha0.valid", "1.2.3----RC-SNAPSHOT.12.9.1--.12",
        "1.0.0-0A.is.legal", "1.0.0+001", "9223372036854775807.0.0",
        "1.0.0-99999999999999999999999999",
    ])
    func `what the specification calls a version is read, and written as it was`(text: String)
        throws
    {
        #expect(try #require(SemanticVersion(text)).description == text)
    }

    @Test(arguments: [
        "", "1", "1.2", "1.2.3.4", "v1.2.3", "01.2.3", "1.02.3", "1.2.03", "1.2.3-", "1.2.3+",
        "1.2.3-01", "1.2.3-a..b", "1.2.3-a.", "1.2.3+a..b", "1.2.3-ä", "-1.2.3", "1.-2.3", "+1.2.3",
        "1.2.3 ", " 1.2.3", "1.2.x", "1.2.3-a_b", "1.2.3+a+b", "9223372036854775808.0.0", "1..3",
        "1.2.3-١",
    ])
    func `what it does not is none`(text: String) {
        #expect(SemanticVersion(text) == nil)
    }

    @Test func `versions stand in the order of the specification`() throws {
        let ordered = try [
            "0.9.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta",
            "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-beta.99999999999999999999",
            "1.0.0-beta.100000000000000000000", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.1.0", "1.10.0",
            "2.0.0-a", "2.0.0", "10.0.0",
        ].map { try #require(SemanticVersion($0)) }
        for (i, a) in ordered.enumerated() {
            for (j, b) in ordered.enumerated() {
                #expect((a < b) == (i < j) && (a == b) == (i == j), "\(a) and \(b)")
            }
        }
    }

    @Test func `a build changes nothing`() throws {
        let a = try #require(SemanticVersion("1.0.0+a"))
        let b = try #require(SemanticVersion("1.0.0+b"))
        #expect(a == b && !(a < b) && !(b < a) && Set([a, b]).count == 1)
        #expect(try #require(SemanticVersion("1.0.0-a+b")).release.description == "1.0.0")
    }

    @Test func `missing numbers are zeros where that is asked for`() throws {
        #expect(SemanticVersion(padding: "3.10") == SemanticVersion(3, 10, 0))
        #expect(SemanticVersion(padding: "3") == SemanticVersion(3, 0, 0))
        #expect(try #require(SemanticVersion(padding: "3.1.2-rc.1")).description == "3.1.2-rc.1")
        for text in ["", "3.1-rc", "3+b", "3.1.2.4", "3.", "x"] {
            #expect(SemanticVersion(padding: text) == nil, "\(text)")
        }
    }
}

@Suite struct VersionRangeTests {
    @Test(arguments: [
        (">=1.0.0", "1.0.0 1.0.1 9.0.0", "0.9.9 1.0.0-rc.1 2.0.0-alpha"),
        (">=3.10", "3.10.0 3.11.2 4.0.0", "3.9.9 3.1.0"),
        (">1", "1.0.1 2.0.0", "1.0.0 0.9.0"),
        ("<2", "1.9.9 0.0.0", "2.0.0 2.0.0-rc.1 1.0.0-rc.1"),
        ("<=1.2.3", "1.2.3 1.2.2", "1.2.4 1.2.3-a"),
        (">=1.0,<2.0", "1.0.0 1.9.9", "0.9.9 2.0.0"),
        (" >= 1.0 , < 2.0 ", "1.0.0 1.9.9", "0.9.9 2.0.0"),
        ("^1.2", "1.2.0 1.9.9", "1.1.9 2.0.0 2.0.0-rc.1"),
        ("^1.2.3", "1.2.3 1.9.9", "1.2.2 2.0.0"),
        ("^0.2.3", "0.2.3 0.2.9", "0.2.2 0.3.0"),
        ("^0.0.3", "0.0.3", "0.0.2 0.0.4"),
        ("^0.0", "0.0.0 0.0.9", "0.1.0"),
        ("^0", "0.0.0 0.9.9", "1.0.0"),
        ("~1.2.3", "1.2.3 1.2.9", "1.2.2 1.3.0"),
        ("~1.2", "1.2.0 1.2.9", "1.1.9 1.3.0"),
        ("~1", "1.0.0 1.9.9", "0.9.9 2.0.0"),
        ("~=1.4.2", "1.4.2 1.4.9", "1.4.1 1.5.0"),
        ("~=1.4", "1.4.0 1.9.0", "1.3.9 2.0.0"),
        ("1.2.3", "1.2.3 1.2.3+build", "1.2.4 1.2.3-rc.1"),
        ("==1.2", "1.2.0", "1.2.1"),
        ("1.2.*", "1.2.0 1.2.9", "1.1.9 1.3.0 1.2.0-rc.1"),
        ("==1.*", "1.0.0 1.9.9", "2.0.0 0.9.0"),
        ("!=1.2.3", "1.2.2 1.2.4", "1.2.3"),
        (">=1,!=1.2.*", "1.1.0 1.3.0 1.0.0", "1.2.0 1.2.9 0.1.0"),
        ("*", "0.0.0 9.9.9", "1.0.0-rc.1"),
        (">=2.0.0-rc.1", "2.0.0-rc.1 2.0.0-rc.2 2.0.0 3.0.0", "2.0.0-beta 2.1.0-rc.1 1.9.9"),
        (">=2.0.0-rc.1,<2.0.0-rc.5", "2.0.0-rc.1 2.0.0-rc.4", "2.0.0-rc.5 2.0.0 1.0.0"),
        ("1.0.0-rc.1", "1.0.0-rc.1 1.0.0-rc.1+x", "1.0.0 1.0.0-rc.2"),
    ])
    func `a range holds the versions that it says`(text: String, inside: String, outside: String)
        throws
    {
        let range = try VersionRange(text)
        for version in inside.split(separator: " ") {
            let version = try #require(SemanticVersion(String(version)))
            #expect(range.contains(version), "\(version) in \(text)")
        }
        for version in outside.split(separator: " ") {
            let version = try #require(SemanticVersion(String(version)))
            #expect(!range.contains(version), "\(version) not in \(text)")
        }
        #expect(range.description == text)
    }

    @Test(arguments: [
        "", ",", ">=", ">=1,", ",>=1", "=1.0", "=>1.0", ">>1", "1.0 2.0", ">=1 <2", "~=1", "1.*.2",
        "*.1", "1.2.3.*", "*.*", ">=1.*", "^*", "~*", ">=1.2.3.4", "latest", "v1.0", ">=01.0",
        ">=2,<1", ">1,<=1", ">=1,<1", "==1.0,==2.0", "1.2.*,>=1.3", "^1,^2", ">=1.0-rc",
    ])
    func `what is no range, or has no version in it, is refused`(text: String) {
        #expect(throws: VersionProblem.self) { try VersionRange(text) }
    }

    @Test func `a number at its end has no version above it`() throws {
        let range = try VersionRange("^9223372036854775807")
        #expect(range.contains(SemanticVersion(.max, 5, 0)))
        #expect(VersionRange(exactly: SemanticVersion(1, 2, 3)).contains(SemanticVersion(1, 2, 3)))
        #expect(!VersionRange(exactly: SemanticVersion(1, 2, 3)).contains(SemanticVersion(1, 2, 4)))
    }

    /// Two ranges put together hold what both hold, whatever they are made of.
    @Test func `conditions are joined by and`() throws {
        let conditions = [">=0.2", "<2", "^1.1", "~1.2", "!=1.2.1", "1.*", ">0.9.1", "<=1.2.2"]
        let versions = (0...2).flatMap { major in
            (0...3).flatMap { minor in (0...3).map { SemanticVersion(major, minor, $0) } }
        }
        for a in conditions {
            for b in conditions {
                let (left, right) = (try VersionRange(a), try VersionRange(b))
                let both = try VersionRange(a + "," + b)
                for version in versions {
                    #expect(
                        both.contains(version)
                            == (left.contains(version) && right.contains(version)),
                        "\(version) in \(a),\(b)")
                }
            }
        }
    }

    @Test func `a package is named with its range`() throws {
        let package = try PackageRequirement("aiohttp>=3.8.0")
        #expect(package.name == "aiohttp" && package.range.contains(SemanticVersion(3, 9, 1)))
        #expect(!package.range.contains(SemanticVersion(3, 7, 9)))
        #expect(package.description == "aiohttp>=3.8.0")
        let extras = try PackageRequirement("Uvicorn_Web.Server [standard, http2] ~= 0.20")
        #expect(extras.name == "Uvicorn_Web.Server" && extras.extras == ["standard", "http2"])
        #expect(extras.comparedName == "uvicorn-web-server")
        #expect(extras.range.contains(SemanticVersion(0, 29, 0)))
        let any = try PackageRequirement("requests")
        #expect(any.range == .any && any.description == "requests")
        for text in [
            "", ">=1.0", "-a>=1", "a b", "a>=", "a[b>=1", "a>=1; python_version<\"3.9\"",
            "a @ https://example.com", "ä>=1", "a=1", "a 1.0", "a[b]c",
        ] {
            #expect(throws: VersionProblem.self, "\(text)") { try PackageRequirement(text) }
        }
    }
}
