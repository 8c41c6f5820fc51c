import ArkaModel
import Testing

@testable import ArkaResilience

@Suite struct CallKeyTests {
    private let signature = FunctionSignature(
        plugin: "sanctions_list", name: "check", kind: .dataSource,
        parameters: [.init("entity"), .init("kind"), .init("lists")])

    private func writer(
        version: String = "1", _ signature: FunctionSignature? = nil
    ) -> CallKeyWriter {
        CallKeyWriter(
            CallKeyShape(signature ?? self.signature, configurationVersion: version, seed: 3))
    }

    private func key(
        _ writer: CallKeyWriter, _ entity: String, _ kind: String?, _ lists: String
    ) -> CallKey {
        var writer = writer
        writer.begin()
        writer.add(0, text: entity)
        if let kind { writer.add(1, text: kind) }
        writer.add(2, document: Array(lists.utf8).span)
        return writer.finish()
    }

    @Test func `a question about other lists is another question`() {
        let about = key(writer(), "ACME", "company", #"["OFAC"]"#)
        #expect(about == key(writer(), "ACME", "company", #"["OFAC"]"#))
        #expect(about != key(writer(), "ACME", "company", #"["EU"]"#))
        #expect(about != key(writer(), "ACME", nil, #"["OFAC"]"#))
    }

    @Test func `plugin, function and version of the configuration are part of the key`() {
        let about = key(writer(), "ACME", nil, "[]")
        #expect(about != key(writer(version: "2"), "ACME", nil, "[]"))
        var other = signature
        other.name = "check_all"
        #expect(about != key(writer(other), "ACME", nil, "[]"))
        other = signature
        other.plugin = "sanctions"
        #expect(about != key(writer(other), "ACME", nil, "[]"))
    }

    @Test func `where one argument ends and the next begins is part of the key`() {
        #expect(key(writer(), "ab", "c", "") != key(writer(), "a", "bc", ""))
        var moved = signature
        (moved.plugin, moved.name) = ("sanctions_listc", "heck")
        #expect(key(writer(), "a", "b", "") != key(writer(moved), "a", "b", ""))
    }

    @Test func `values of different types and unknown ones differ`() {
        var keys: Set<CallKey> = []
        var writer = writer()
        let steps: [(inout CallKeyWriter) -> Void] = [
            { $0.add(0, text: "1") }, { $0.add(0, decimal: .one) }, { $0.add(0, truth: true) },
            { $0.add(0, truth: false) }, { $0.add(0, document: Array("1".utf8).span) },
            { $0.addUnknown(0) }, { $0.add(0, text: "") }, { _ in }, { $0.addUnknown(1) },
        ]
        for step in steps {
            writer.begin()
            step(&writer)
            keys.insert(writer.finish())
        }
        #expect(keys.count == steps.count)
    }

    @Test func `equal numbers are one argument however they are written`() throws {
        var writer = writer()
        writer.begin()
        writer.add(0, decimal: ExactDecimal(5))
        let whole = writer.finish()
        writer.begin()
        writer.add(0, decimal: ExactDecimal(fast: 5_000_000))
        #expect(writer.finish() == whole)
    }

    @Test func `a function that names its key parameters is asked by those alone`() throws {
        let shape = try CallKeyShape(
            signature, configurationVersion: "1", keyParameters: ["lists", "entity"], seed: 3)
        let writer = CallKeyWriter(shape)
        #expect(key(writer, "ACME", "company", "[]") == key(writer, "ACME", "person", "[]"))
        #expect(key(writer, "ACME", "company", "[]") != key(writer, "ACME", "company", "[1]"))
    }

    @Test func `key parameters that are none are all reported, with a near name`() {
        #expect {
            try CallKeyShape(
                signature, configurationVersion: "1", keyParameters: ["entty", "kind", "kind"],
                seed: 3)
        } throws: { error in
            let problems = (error as? SettingProblems)?.problems ?? []
            return problems.map(\.suggestion) == ["entity", nil]
                && problems.map(\.expectation) == [
                    "parameters of the function, of which entty is none",
                    "each parameter once, not kind twice",
                ]
        }
        #expect(throws: SettingProblems.self) {
            try CallKeyShape(signature, configurationVersion: "1", keyParameters: [], seed: 3)
        }
    }

    @Test func `a key stays what it is while its writer goes on`() {
        var writer = writer()
        writer.begin()
        writer.add(0, text: "first")
        let first = writer.finish()
        let words = first.words
        writer.begin()
        writer.add(0, text: "other")
        #expect(first.words == words)
        #expect(writer.finish() != first)
    }

    @Test func `hashes depend on every byte, on the length and on the seed`() {
        var hashes: Set<UInt64> = []
        for length in 0...40 {
            let bytes = [UInt8](repeating: 0, count: length)
            hashes.insert(CallKey(bytes: bytes, seed: 1).hash)
            for place in bytes.indices {
                var changed = bytes
                changed[place] = 1
                hashes.insert(CallKey(bytes: changed, seed: 1).hash)
            }
        }
        #expect(hashes.count == 41 + (0...40).reduce(0, +))
        #expect(CallKey(bytes: [1], seed: 1).hash != CallKey(bytes: [1], seed: 2).hash)
    }
}
