import ArkaModel
import ArkaStream
import ArkaSystem
import PactPlugins
import Testing

@testable import ArkaAudit

/// Goal: what is written of an entry is what may be seen of it, and goes with its record's decision.
@Suite struct EntryTests {
    private func written(
        _ details: KeyValuePairs<String, AuditValue>, key: String? = nil,
        redactor: SecretRedactor = SecretRedactor()
    ) async throws -> PluginValue {
        let mailbox = mailbox(key: key, redactor: redactor)
        mailbox.resume(lane: 0, [AuditTail(partition: 3, record: nil)])
        try await mailbox.log(context(3, 812, id: "tx-1"), details: details)
        return try json(mailbox.take(for: batch([(3, 812)]), lane: 0)[0].bytes)
    }

    @Test func `a record says who did what for which transaction and decision`() async throws {
        let record = try await written([
            "query_type": "sanctions_check", "count": 2, "found": false,
        ])
        #expect(record["schema"] == "arka.audit/1")
        #expect(record["chain"] == "payments/3" && record["seq"] == 1)
        #expect(record["entry_id"] == "p-1")
        #expect(record["plugin"] == "own" && record["action"] == "data_access")
        #expect(record["resource"] == "external_database")
        #expect(record["details"] == ["query_type": "sanctions_check", "count": 2, "found": false])
        #expect(record["transaction_id"] == "tx-1")
        #expect(record["source"] == ["topic": "payments", "partition": 3, "offset": 812])
        #expect(record["decision_id"] == "payments/3/812/77")
        #expect(record["at"] == "2027-01-15T08:00:00.123Z")
        #expect(record["late"] == nil && record["rule"] == nil)
    }

    @Test func `personal values are pseudonyms with a key and hidden without`() async throws {
        let details: KeyValuePairs<String, AuditValue> = [
            "a": .personal("E-1"), "b": .personal("E-1"), "c": .personal("E-2"), "d": .personal(7),
        ]
        let hidden = try await written(details)
        #expect(hidden["details"]?["a"] == "[personal]" && hidden["details"]?["d"] == "[personal]")
        let shown = try await written(details, key: "0123456789abcdef")
        // printf E-1 | openssl dgst -sha256 -hmac 0123456789abcdef
        let expected = hmacSHA256(of: Array("E-1".utf8), key: Array("0123456789abcdef".utf8))
        #expect(shown["details"]?["a"]?.text == "hmac-sha256:" + hexadecimal(expected))
        #expect(shown["details"]?["a"] == shown["details"]?["b"])
        #expect(shown["details"]?["a"] != shown["details"]?["c"])
        #expect(!shown.jsonText.contains("E-1"))
    }

    @Test func `secrets are not shown, wherever they stand and whatever they are called`()
        async throws
    {
        let redactor = SecretRedactor()
        redactor.add("hunter2!")
        let record = try await written(
            [
                "a": .secret, "api_key": "visible", "X-Auth-Token": "visible",
                "text": "it is hunter2!, yes",
                "nested": .open([
                    "list": [["Password": "visible"], "hunter2!"], "hunter2!": 1, "pin": 1234,
                ]),
                "pinned": "not a pin",
            ], redactor: redactor)
        #expect(!record.jsonText.contains("visible") && !record.jsonText.contains("hunter2"))
        #expect(!record.jsonText.contains("1234"))
        #expect(record["details"]?["text"] == "it is [redacted], yes")
        #expect(record["details"]?["pinned"] == "not a pin")
    }

    @Test func `entries beyond their bounds are refused for good, and say why`() async throws {
        let mailbox = mailbox()
        let long = String(repeating: "x", count: 300)
        let deep = (0..<40).reduce(PluginValue.null) { value, _ in .array([value]) }
        let big = PluginValue.string(String(repeating: "x", count: AuditLimits.entryBytesMax))
        let twice = PluginValue.object([.init("a", 1), .init("a", 2)])
        for (details, word): (KeyValuePairs<String, AuditValue>, String) in [
            (["": 1], "name"), (["a": 1, "a": 2], "twice"), (["a": .open(deep)], "levels"),
            (["a": .open(big)], "bytes"), (["a": .open(twice)], "twice"),
        ] {
            let failure = await #expect(throws: AuditFailure.self) {
                try await mailbox.log(nil, details: details)
            }
            #expect(failure?.isRetryable == false && failure?.reason.contains(word) == true)
        }
        await #expect(throws: AuditFailure.self) { try await mailbox.log(nil, action: "") }
        await #expect(throws: AuditFailure.self) { try await mailbox.log(nil, action: long) }
        #expect(mailbox.count == 0)
    }

    @Test func `a full trail takes nothing, and takes again once something is committed`()
        async throws
    {
        let mailbox = mailbox(entries: 2)
        mailbox.resume(lane: 0, [AuditTail(partition: 0, record: nil)])
        for offset in 0..<2 { try await mailbox.log(context(0, Int64(offset))) }
        let failure = await #expect(throws: AuditFailure.self) {
            try await mailbox.log(context(0, 2))
        }
        #expect(failure?.isRetryable == true)
        #expect(mailbox.take(for: batch([(0, 0), (0, 1)]), lane: 0).count == 2)
        await #expect(throws: AuditFailure.self, "not before they are committed") {
            try await mailbox.log(context(0, 2))
        }
        mailbox.seal(lane: 0, job: LaneJobID(1))
        mailbox.didCommit(lane: 0, job: LaneJobID(1))
        try await mailbox.log(context(0, 2))
        #expect(mailbox.count == 1)
    }

    @Test func `the bound counts bytes, too`() async throws {
        let mailbox = mailbox(bytes: 4000)
        var taken = 0
        while (try? await mailbox.log(
            nil, details: ["a": .open(.string(String(repeating: "x", count: 500)))])) != nil
        {
            taken += 1
        }
        #expect((4...7).contains(taken))
    }

    @Test func `a trail goes on only from a record of its own chain`() {
        let mailbox = mailbox()
        let own = records(3)[2]
        var changed = own
        changed[60] ^= 1
        #expect(mailbox.refusal(of: AuditTail(partition: 3, record: nil)) == nil)
        #expect(mailbox.refusal(of: AuditTail(partition: 3, record: own)) == nil)
        #expect(
            mailbox.refusal(of: AuditTail(partition: 4, record: own))?.contains("payments/4")
                == true)
        #expect(mailbox.refusal(of: AuditTail(partition: 3, record: changed)) != nil)
        #expect(mailbox.refusal(of: AuditTail(partition: 3, record: Array("{}".utf8))) != nil)
    }
}
