import Testing

/// What no source file of ours holds.
@Suite struct WordingTests {
    @Test(
        arguments: [
            ("forced unwrapping", #"[\w)\]]!(?![=\w])"#),
            ("forced try", #"\btry!"#),
            ("forced cast", #"\bas!"#),
            ("Foundation", #"^\s*(\w+ )?import Foundation"#),
            ("print debugging", #"(^|[^.\w])(debugPrint|print|dump)\("#),
        ])
    func `sources are free of`(_ what: String, pattern: String) throws {
        let pattern = try Regex(pattern)
        for file in try ProjectTree.swiftFiles(below: "Sources") {
            #expect(file.places(of: pattern) == [], "\(what)")
        }
    }

    @Test func `sources hold no notes to come back to`() throws {
        // The words are put together here, so that a search for them does not find this file.
        let notes = try Regex(
            "\\b(" + ["TO" + "DO", "FIX" + "ME", "X" + "XX"].joined(separator: "|") + ")\\b")
        for path in ProjectTree.files(below: "Sources", endings: ["swift", "c", "h", "cpp"]) {
            let lines = try ProjectTree.text(path).split(separator: "\n")
            #expect(lines.filter { $0.contains(notes) } == [], "\(path)")
        }
    }

    @Test(arguments: [
        (#"let a = "x! as! \(b!) try!""#, #"b!"#), ("a // b!", ""), ("/* a! /* b! */ c! */ d", "d"),
        (##"let r = #"q" ! \#(s)"# + t"##, "(s)"), ("`a test's name!`", "`a test s name `"),
    ])
    func `text in comments and strings is not code`(_ text: String, code: String) {
        var scanner = CodeScanner(text)
        let found = scanner.code()
        #expect(found.contains(code))
        #expect(found.count == text.count)
        #expect(!found.contains("try!") && !found.contains("as!"))
    }
}
