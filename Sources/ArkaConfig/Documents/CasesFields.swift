import ArkaDocuments
import ArkaModel

/// A document with cases as written.
struct CasesDraft: Sendable {
    var cases: [Case] = []

    struct Case: Sendable {
        var name = ""
        var record = ""
        var status: DecisionStatus?
        var rules: [String] = []
        var deadLetter: DeadLetter?
    }

    struct DeadLetter: Sendable {
        var code = ""
        var path = ""
    }
}

extension DocumentKind where Spec == CasesDraft {
    /// `kind: Cases`: records and what must become of them.
    static let cases = DocumentKind(
        "Cases", "Records and what must become of them, to test a topology.", spec: casesSection)
}

private let casesSection = Section<CasesDraft>(
    CasesDraft(),
    [
        Field(
            "cases", .list(of: .section(caseSection), countRange: 1...10_000), into: \.cases,
            isRequired: true, "The cases.")
    ])

private let caseSection = Section<CasesDraft.Case>(
    CasesDraft.Case(),
    [
        Field(
            "name", .text("a sentence"), into: \.name, isRequired: true,
            example: "an amount above the limit is rejected", "What the case shows."),
        Field(
            "record", .text("the record's text", bytesMax: 1 << 20, isBlock: true) { _ in true },
            into: \.record, isRequired: true, example: "'{\"id\": \"t-1\", \"amount\": 250}'",
            "The record as it stands in the topic."),
        Field(
            "status", decisionStatus, into: \.status, absence: "the case names a dead letter",
            example: "rejected", "The status that the decision must have."),
        Field(
            "rules", .list(of: .text("a rule's name"), countRange: 0...1_000), into: \.rules,
            example: "[amount_limit]",
            "The rules that must fire, and no others, in the order of the files."),
        Field(
            "dead_letter", .section(deadLetterSection), into: \.deadLetter,
            insteadOf: "status", absence: "the case names a status",
            "Why the record cannot be decided."),
    ])

let deadLetterSection = Section<CasesDraft.DeadLetter>(
    CasesDraft.DeadLetter(),
    [
        Field(
            "code", .text("the code of a dead letter"), into: \.code, isRequired: true,
            example: "wrong_type", "The header `arka.error.code` that the dead letter must have."),
        Field(
            "path", .text(recordPathWords) { $0.hasPrefix("$") }, into: \.path, isRequired: true,
            example: "$.amount", "The header `arka.error.path` that it must have."),
    ])

/// The status of a decision, by its word.
let decisionStatus = FieldType.text(
    DecisionStatus.allCases.map(\.word).joined(separator: ", ")
).mapping(
    convert: { (word: String) throws(Expectation) -> DecisionStatus in
        let words = DecisionStatus.allCases.map(\.word)
        if let status = DecisionStatus.allCases.first(where: { $0.word == word }) {
            return status
        }
        throw Expectation(
            words.joined(separator: " or "), suggestion: nearName(to: word, among: words))
    },
    restore: \.word)
