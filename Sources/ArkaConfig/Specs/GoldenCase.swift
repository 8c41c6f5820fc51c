public import ArkaModel

/// A record and what must become of it: a test of a topology that needs no code.
public struct GoldenCase: Sendable, Hashable {
    /// What the case shows, a sentence.
    public var name: String
    /// The record's bytes as text.
    public var record: String
    /// What must become of it.
    public var outcome: Outcome
    /// Where the case stands in its file.
    public var place: SourcePlace

    /// What becomes of a record.
    public enum Outcome: Sendable, Hashable {
        /// It is decided with a status; the rules named, and no others, fire, in the order of files.
        case decision(DecisionStatus, rules: [String])
        /// It cannot be decided: the code and the path of its first fault, as in the headers of the
        /// dead letter.
        case deadLetter(code: String, path: String)
    }

    /// Makes a case.
    public init(name: String, record: String, outcome: Outcome, place: SourcePlace) {
        self.name = name
        self.record = record
        self.outcome = outcome
        self.place = place
    }
}
