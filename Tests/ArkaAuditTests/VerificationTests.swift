import ArkaStream
import ArkaSystem
import Testing

@testable import ArkaAudit

/// Goal: whatever is done to the records of a chain is found.
/// Method: chains are edited at random, by a seed, and by every way of editing one place.
@Suite struct VerificationTests {
    @Test func `chains as they were written hold, mixed with each other`() {
        var mixed: [[UInt8]] = []
        for (a, b) in zip(records(50), records(50, chain: "payments/4")) { mixed += [a, b] }
        #expect(findings(mixed) == [])
    }

    @Test func `the digest is that of the bytes before it, as a shell would take it`() throws {
        let record = String(decoding: records(1)[0], as: UTF8.self)
        let parts = record.split(separator: ",\"hash\":\"", maxSplits: 1)
        #expect(parts[1] == hexadecimal(SHA256.digest(of: Array(parts[0].utf8))) + "\"}")
        #expect(
            record.hasPrefix(#"{"schema":"arka.audit/1","chain":"payments/3","seq":1,"prev":"000"#))
    }

    @Test func `the largest numbers that a forger can write overflow nothing`() throws {
        for sequence in [Int64.max - 1, .max] {
            var chain = AuditChain(
                "payments/3",
                after: ChainHead(sequence: sequence - 1, hash: ChainHead.start.hash))
            let forged = chain.append(Array("\"n\":1".utf8))
            #expect(
                findings([forged, forged] + records(2)).map(\.kind).prefix(2) == [
                    .unreadable, .unreadable,
                ])
            // An engine that finds it at the end of its topic does not go on from it.
            #expect(
                mailbox().refusal(of: .init(partition: 3, record: forged))?.contains("none of")
                    == true)
            let heads =
                #"{"schema":"arka.audit-heads/1","heads":{"payments/3":{"seq":"#
                + "\(sequence),\"hash\":\"\(ChainHead.start.hash)\"}}}"
            #expect(throws: AuditHeadsRefusal.self) {
                try AuditHeads(json: Array(heads.utf8), name: "heads.json")
            }
        }
    }

    @Test func `names of chains cost a bounded amount, and cannot drive a terminal`() throws {
        let long = records(1, chain: String(repeating: "x", count: 600))
        #expect(findings(long).map(\.kind) == [.unreadable])
        let hostile = try #require(
            findings(records(2, chain: "\u{1B}[2J\u{9B}31m").dropFirst() + []).first)
        #expect(hostile.kind == .begun)
        #expect(
            !hostile.description.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x9B })

        var verification = AuditVerification(chainsMax: 3)
        for number in 0..<10 {
            verification.add(records(1, chain: "c/\(number)")[0], at: "line \(number + 1)")
        }
        #expect(verification.chains.count == 3)
        #expect(verification.findingCount == 7)
        #expect(verification.findings.allSatisfy { $0.kind == .unreadable })
    }

    @Test func `every byte that is changed in a record is found`() {
        let lines = records(4)
        for position in lines[1].indices {
            for change: UInt8 in [0x01, 0x20, 0x80] {
                var edited = lines
                edited[1][position] ^= change
                let found = findings(edited)
                #expect(!found.isEmpty, "byte \(position) by \(change)")
                #expect(found.first?.place == "line 2", "byte \(position) by \(change)")
            }
        }
    }

    @Test func `every byte that is left out of a record or added to it is found`() {
        let lines = records(3)
        for position in 0...lines[1].count {
            var edited = lines
            edited[1].insert(UInt8(ascii: " "), at: position)
            #expect(!findings(edited).isEmpty, "a space at \(position)")
            guard position < lines[1].count else { continue }
            edited = lines
            edited[1].remove(at: position)
            #expect(!findings(edited).isEmpty, "without byte \(position)")
        }
    }

    @Test(arguments: 0..<400)
    func `whatever is done to one record of a chain is found at its place`(seed: Int) {
        var random = SeededRandom(seed)
        let count = Int.random(in: 3...40, using: &random)
        let lines = records(count)
        // The last record alone could be cut off or rewritten unseen; that takes a head.
        let at = Int.random(in: 0..<count - 1, using: &random)
        var edited = lines
        let expected: AuditFinding.Kind
        let place: Int
        switch Int.random(in: 0..<6, using: &random) {
        case 0:
            edited.remove(at: at)
            (expected, place) = (at == 0 ? .begun : .missing, at + 1)
        case 1:
            edited.insert(lines[at], at: at + 1)
            (expected, place) = (.repeated, at + 2)
        case 2:
            edited.swapAt(at, at + 1)
            (expected, place) = (at == 0 ? .begun : .missing, at + 1)
        case 3:
            var forged = AuditChain("payments/3", after: head(of: lines, before: at))
            edited[at] = forged.append(Array("\"n\":\"forged\"".utf8))
            (expected, place) = (.broken, at + 2)
        case 4:
            var forged = AuditChain("payments/3", after: head(of: lines, before: at + 1))
            edited.insert(forged.append(Array("\"n\":\"forged\"".utf8)), at: at + 1)
            (expected, place) = (.repeated, at + 3)
        default:
            edited[at][Int.random(in: 0..<edited[at].count, using: &random)] ^= 0x08
            place = at + 1
            expected = findings(edited).first?.kind ?? .rewritten
            #expect([.changed, .unreadable].contains(expected))
        }
        let first = findings(edited).first
        #expect(
            first?.kind == expected && first?.place == "line \(place)", "\(seed): \(edited.count)")
    }

    private func head(of lines: [[UInt8]], before index: Int) -> ChainHead {
        guard index > 0 else { return .start }
        return (try? AuditRecord(lines[index - 1]).head) ?? .start
    }

    @Test func `a chain whose oldest records are gone holds only where that is allowed`() {
        let rest = Array(records(9).dropFirst(4))
        #expect(findings(rest).map(\.kind) == [.begun])
        #expect(findings(rest, mayBeginLate: true) == [])
    }

    @Test func `a kept head shows an end that was cut off`() {
        let lines = records(9)
        let heads = verified(lines).heads
        #expect(findings(lines, knowing: heads) == [])
        for cut in 1..<9 {
            let found = findings(Array(lines.dropLast(cut)), knowing: heads)
            #expect(found.map(\.kind) == [.truncated])
            #expect(found.first?.sequence == Int64(9 - cut))
        }
        #expect(findings([], knowing: heads).map(\.kind) == [.truncated], "all of it")
    }

    @Test func `a kept head shows a history that was written anew`() {
        let lines = records(9)
        let heads = verified(lines).heads
        let anew = records(12, salt: "x")
        #expect(findings(anew) == [], "by itself it holds")
        #expect(findings(anew, knowing: heads).map(\.kind) == [.rewritten])
        #expect(
            findings(Array(anew.dropFirst(9)), knowing: heads, mayBeginLate: true).map(\.kind)
                == [.rewritten], "its successor goes on from another")
        #expect(
            findings(Array(anew.dropFirst(10)), knowing: heads, mayBeginLate: true).map(\.kind)
                == [.rewritten], "nothing ties it to what was kept")
        #expect(
            findings(Array(lines.dropFirst(8)), knowing: heads, mayBeginLate: true) == [])
    }

    @Test func `a chain that grew since its head was kept holds`() {
        let lines = records(20)
        #expect(findings(lines, knowing: verified(Array(lines.prefix(7))).heads) == [])
    }

    @Test func `heads are written and read again, and others are refused`() throws {
        let heads = verified(records(3) + records(2, chain: "payments/4")).heads
        #expect(try AuditHeads(json: heads.json, name: "h") == heads)
        for text in ["", "{}", "[1]", #"{"schema":"arka.audit_heads/1","heads":{"a":{"seq":0}}}"#] {
            #expect(throws: AuditHeadsRefusal.self) {
                try AuditHeads(json: Array(text.utf8), name: "h")
            }
        }
    }

    @Test func `lines that are no records are named and do not disturb the chain`() {
        var lines = records(3)
        lines.insert(Array("not a record".utf8), at: 1)
        lines.insert([], at: 0)
        lines.append([UInt8](repeating: 0x20, count: AuditLimits.recordBytesMax + 1))
        #expect(findings(lines).map(\.place) == ["line 1", "line 3", "line 6"])
    }

    @Test func `however much is wrong, what is kept of it is bounded`() {
        var verification = AuditVerification()
        for _ in 0..<10_000 { verification.add(Array("{".utf8), at: "x") }
        #expect(verification.findingCount == 10_000)
        #expect(verification.findings.count == AuditLimits.findingsMax)
    }

    private func verified(_ lines: [[UInt8]]) -> AuditVerification {
        var verification = AuditVerification()
        for line in lines { verification.add(line, at: "") }
        verification.finish()
        return verification
    }
}
