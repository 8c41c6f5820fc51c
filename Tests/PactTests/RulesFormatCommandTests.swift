import ArkaSystem
import Foundation
import Testing

/// `pact rules fmt`, on files of its own.
@Suite(.timeLimit(.minutes(1))) struct RulesFormatCommandTests {
    private static let sloppy =
        "rule a { when{ transaction.amount>5 } then { reject(reason:\"x\") } }"
    private static let tidy = """
        rule a {
            when {
                transaction.amount > 5
            }
            then {
                reject(reason: "x")
            }
        }

        """
    private static let wrong = "rule b { whn {} }\n"

    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func write(_ name: String, _ text: String) throws -> String {
        try directory.write(name, Array(text.utf8))
    }

    private func text(_ path: String) throws -> String {
        try String(contentsOfFile: path, encoding: .utf8)
    }

    @Test func `a directory's rule files are formatted, and those that changed are named`() throws {
        try makeDirectories(directory.file("deep/er"))
        let paths = try [write("deep/er/a.pact", Self.sloppy), write("z.pact", Self.sloppy)]
        let others = try [write("b.pact", Self.tidy), write("deep/c.txt", Self.sloppy)]
        let run = try PactRun(["rules", "fmt", directory.path])
        #expect(run.code == 0 && run.error.isEmpty)
        #expect(run.output == paths.map { $0 + "\n" }.joined())
        for path in paths { #expect(try text(path) == Self.tidy) }
        #expect(try text(others[0]) == Self.tidy && text(others[1]) == Self.sloppy)
        #expect(try listDirectory(directory.path).sorted() == ["b.pact", "deep", "z.pact"])
        let again = try PactRun(["rules", "fmt", directory.path])
        #expect(again.code == 0 && again.output.isEmpty && again.error.isEmpty)
    }

    @Test func `a file that is formatted is not written`() throws {
        let path = try write("a.pact", Self.tidy)
        let before = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber]
        #expect(try PactRun(["rules", "fmt", path, path]).code == 0)
        let after = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber]
        #expect(before as? Int == after as? Int)
    }

    @Test func `a check names what would change, changes nothing and ends with 1`() throws {
        let path = try write("a.pact", Self.sloppy)
        let other = try write("b.pact", Self.tidy)
        let run = try PactRun(["rules", "fmt", "--check", path, other])
        #expect(run.code == 1 && run.error.isEmpty)
        #expect(run.output == path + "\n")
        #expect(try text(path) == Self.sloppy)
        #expect(try PactRun(["rules", "fmt", "--check", other]).code == 0)
    }

    @Test func `errors are shown with carets, and other files are formatted all the same`() throws {
        let paths = try [
            write("a.pact", Self.wrong), write("b.pact", Self.sloppy), write("c.pact", Self.wrong),
        ]
        let missing = directory.file("d.pact")
        let run = try PactRun(["rules", "fmt"] + paths + [missing])
        #expect(run.code == 1)
        #expect(run.output == paths[1] + "\n")
        for path in [paths[0], paths[2]] {
            #expect(run.error.contains("\(path):1:10: error: "))
            #expect(try text(path) == Self.wrong)
        }
        #expect(run.error.contains("         ^~~\n"))
        #expect(run.error.contains("pact: \(missing): cannot open it: "))
        #expect(try text(paths[1]) == Self.tidy)
    }

    @Test func `standard input is formatted to standard output, or nothing is`() throws {
        let run = try PactRun(["rules", "fmt", "-"], input: Self.sloppy)
        #expect(run.code == 0 && run.output == Self.tidy && run.error.isEmpty)
        let same = try PactRun(["rules", "fmt", "-"], input: Self.tidy)
        #expect(same.code == 0 && same.output == Self.tidy)
        let wrong = try PactRun(["rules", "fmt", "-"], input: Self.wrong)
        #expect(wrong.code == 1 && wrong.output.isEmpty)
        #expect(wrong.error.hasPrefix("standard input:1:10: error: "))
        let check = try PactRun(["rules", "fmt", "-", "--check"], input: Self.sloppy)
        #expect(check.code == 1 && check.output == "standard input\n")
        #expect(try PactRun(["rules", "fmt", "-", "--check"], input: Self.tidy).code == 0)
    }

    @Test func `the result is one JSON document on request`() throws {
        let paths = try [write("a.pact", Self.sloppy), write("b.pact", Self.wrong)]
        let missing = directory.file("c.pact")
        let run = try PactRun(["rules", "fmt", "--json"] + paths + [missing])
        #expect(run.code == 1 && run.error.isEmpty)
        let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
        let document = try #require(object as? [String: Any])
        #expect(document["schema"] as? String == "arka.formatting/1")
        #expect(document["changed"] as? [String] == [paths[0]])
        #expect(document["errors"] as? Int == 1)
        let first = try #require((document["diagnostics"] as? [[String: Any]])?.first)
        #expect(first["file"] as? String == paths[1] && first["column"] as? Int == 10)
        let failure = try #require((document["failures"] as? [[String: String]])?.first)
        #expect(failure["file"] == missing && failure["code"] == "ARKA-SYS-0001")
        #expect(failure["message"]?.contains("cannot open it") == true)
    }

    @Test(arguments: [
        ["a.yaml"], ["."], ["-", "a.pact"], ["-", "--json"], [], ["a.pact", "--chek"],
    ])
    func `what cannot be meant is a usage error, and nothing is changed`(words: [String]) throws {
        let path = try write("sloppy.pact", Self.sloppy)
        try makeDirectories(directory.file("empty"))
        let given = words.map { $0 == "." ? directory.file("empty") : $0 }
        let run = try PactRun(["rules", "fmt"] + (words.isEmpty ? [] : [path]) + given)
        #expect(run.code == 2)
        #expect(run.error.contains("ARKA-CLI-"))
        #expect(run.output.isEmpty)
        #expect(try text(path) == Self.sloppy)
    }
}
