import ArkaAudit
import ArkaJSON
import ArkaModel
import ArkaSystem

/// Says what came of a verification: findings to standard error, the sum to standard output; or all of
/// it as one JSON document.
func report(_ verification: AuditVerification, asJSON: Bool) {
    guard !asJSON else {
        StandardStream.output.writeAll(json(verification) + [UInt8(ascii: "\n")])
        return
    }
    for finding in verification.findings { StandardStream.error.write("\(finding)\n") }
    let more = verification.findingCount - verification.findings.count
    if more > 0 { StandardStream.error.write("… and \(more) more\n") }
    let sum =
        "\(counted(verification.recordCount, "record")) in "
        + counted(verification.chains.count, "chain")
    StandardStream.output.write(
        verification.holds
            ? "\(sum): whole\n" : "\(sum): \(counted(verification.findingCount, "problem"))\n")
}

/// `arka.audit_verification/1`
private func json(_ verification: AuditVerification) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.name("schema")
    json.string("arka.audit_verification/1")
    json.name("holds")
    json.boolean(verification.holds)
    json.name("records")
    json.integer(verification.recordCount)
    json.name("problems")
    json.integer(verification.findingCount)
    json.name("chains")
    json.beginArray()
    for (name, chain) in verification.chains.sorted(by: { $0.key < $1.key }) {
        json.beginObject()
        json.name("chain")
        json.string(name)
        for (name, value) in [
            ("records", Int64(chain.count)), ("first", chain.first), ("last", chain.head.sequence),
        ] {
            json.name(name)
            json.integer(value)
        }
        json.name("hash")
        json.string(chain.head.hash)
        json.endObject()
    }
    json.endArray()
    json.name("findings")
    json.beginArray()
    for finding in verification.findings { append(finding, to: &json) }
    json.endArray()
    json.endObject()
    return json.bytes
}

private func append(_ finding: AuditFinding, to json: inout JSONWriter) {
    json.beginObject()
    for (name, text) in [
        ("kind", finding.kind.rawValue), ("code", finding.kind.code.description),
        ("chain", finding.chain), ("place", finding.place), ("reason", finding.reason),
    ] {
        json.name(name)
        json.string(text)
    }
    json.name("seq")
    json.integer(finding.sequence)
    json.endObject()
}
