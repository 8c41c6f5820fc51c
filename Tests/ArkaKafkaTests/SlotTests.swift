import ArkaSystem
import Foundation
import Testing

@testable import ArkaKafka

@Suite struct SlotRecordTests {
    @Test(arguments: [
        SlotRecord(instance: "a", lanes: 0), SlotRecord(instance: "two words", lanes: 16),
    ])
    func `a record is read as it was written`(record: SlotRecord) {
        #expect(SlotRecord(record.text) == record)
        // A locked file pads with line feeds where the text became shorter.
        #expect(SlotRecord(record.text + "\n\n") == record)
    }

    @Test(arguments: [
        "", "\n", "instance\n", "lanes 3\n", "instance \nlanes 1\n", "instance a\nlanes x\n",
        "instance a\nlanes -1\n", "instance a\ncolour red\n", "instance a\nlanes 99999\n",
    ])
    func `a damaged file is not a record`(text: String) {
        #expect(SlotRecord(text) == nil)
    }

    /// Every number of lanes before and after.
    @Test func `ids that are left over are exactly those that nobody uses`() {
        for before in 0...5 {
            for used in 0...5 {
                let record = SlotRecord(instance: "a", lanes: before)
                let left = Set(record.leftOver(beside: used))
                #expect(left == Set(0..<before).subtracting(0..<used), "\(before) → \(used)")
                #expect(record.starting(used).lanes == max(before, used))
            }
        }
    }
}

@Suite struct SafeFileNameTests {
    private func name(_ text: String) -> String {
        safeFileName(text, digest: SHA256.digest(of:))
    }

    @Test(arguments: [
        ("payments", "payments"), ("a/b", "a%2fb"), ("..", "%2e."), (".", "%2e"), ("", "%"),
        ("ümlaut", "%c3%bcmlaut"), ("100%", "100%25"), ("a\0b\n", "a%00b%0a"),
        ("A.b_c-9", "A.b_c-9"),
    ])
    func `odd characters are spelled out`(text: String, expected: String) {
        #expect(name(text) == expected)
    }

    @Test func `different groups never share a folder`() {
        var groups = ["", "%", "%25", ".", "..", "a", "A", "a/", "a%2f", "a%2F", " a", "a "]
        for length in [159, 160, 161, 400] {
            groups.append(String(repeating: "x", count: length))
            groups.append(String(repeating: "x", count: length - 1) + "y")
            groups.append(String(repeating: "/", count: length))
        }
        let names = groups.map(name)
        #expect(Set(names).count == groups.count)
        #expect(names.allSatisfy { $0.utf8.count <= KafkaLimits.pathNameBytesMax })
        #expect(names.allSatisfy { !$0.contains("/") && !$0.hasPrefix(".") && !$0.isEmpty })
    }
}

@Suite struct InstanceSlotTests {
    private let folder = TemporaryFolder()

    private func claim(
        _ group: String = "g", instance: String? = nil, name: String = "fresh"
    ) throws -> InstanceSlot {
        try InstanceSlot(in: folder.path, group: group, instance: instance, makeName: { name })
    }

    @Test func `a process that starts again gets its old name`() throws {
        do {
            let first = try claim(name: "one")
            #expect(first.instance == "one")
            try first.write(SlotRecord(instance: "one", lanes: 4))
        }
        #expect(try claim(name: "two").record == SlotRecord(instance: "one", lanes: 4))
    }

    @Test func `two processes at a time never share a name`() throws {
        let first = try claim(name: "one")
        let second = try claim(name: "two")
        #expect([first.instance, second.instance] == ["one", "two"])
        #expect(second.path.hasSuffix("slot-1"))
    }

    @Test func `the lowest free slot is taken`() throws {
        var first: InstanceSlot? = try claim(name: "one")
        let second = try claim(name: "two")
        #expect(first != nil)
        first = nil
        #expect(try claim(name: "three").instance == "one")
        #expect(second.instance == "two")
    }

    @Test func `groups have slots of their own, whatever they are called`() throws {
        let held = try ["g", "../g", "g/slot-0", ""].map { try claim($0, name: $0 + "!") }
        #expect(held.allSatisfy { $0.path.hasSuffix("slot-0") })
        #expect(held.allSatisfy { $0.path.hasPrefix(folder.path + "/") })
    }

    @Test func `a configured name cannot be taken twice`() throws {
        let first = try claim(instance: "pay-1")
        #expect(first.instance == "pay-1")
        let error = #expect(throws: KafkaError.self) { try claim(instance: "pay-1") }
        #expect(error?.code == .instanceTaken)
        #expect(try claim(instance: "pay-2").instance == "pay-2")
    }

    @Test func `a damaged slot file is begun anew`() throws {
        let path = try claim(name: "one").path
        try Data("rubbish".utf8).write(to: URL(fileURLWithPath: path))
        #expect(try claim(name: "two").instance == "two")
    }

    @Test func `a folder that cannot be made is an error with a code`() {
        let error = #expect(throws: KafkaError.self) {
            try InstanceSlot(in: "/proc/none", group: "g", instance: nil, makeName: { "a" })
        }
        #expect(error?.code == .unusableDataDirectory)
    }

    @Test func `random names are 16 digits and differ`() {
        let names = (0..<100).map { _ in InstanceSlot.randomName() }
        #expect(Set(names).count == 100)
        #expect(names.allSatisfy { $0.utf8.count == 16 })
    }
}
