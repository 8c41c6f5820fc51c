import ArkaModel
import CRE2

extension PatternFailure {
    /// Says in our words what RE2 found.
    /// - Parameters:
    ///   - error: One of `ARKA_RE2_…`, not `ARKA_RE2_FINE`.
    ///   - argument: The part of the pattern that RE2 names; often the faulty bytes.
    ///   - source: The pattern.
    init(_ error: Int32, argument: [UInt8], in source: [UInt8]) {
        let fault = PatternFault(argument: argument, source: source)
        switch Int(error) {
        case ARKA_RE2_ESCAPE: self = fault.escape()
        case ARKA_RE2_CLASS, ARKA_RE2_RANGE: self = fault.range()
        case ARKA_RE2_GROUP_KIND: self = fault.group()
        case ARKA_RE2_OPEN_BRACKET, ARKA_RE2_OPEN_GROUP, ARKA_RE2_CLOSED_GROUP,
            ARKA_RE2_LAST_BACKSLASH, ARKA_RE2_GROUP_NAME:
            self = fault.grouping(error)
        case ARKA_RE2_REPEATS_NOTHING, ARKA_RE2_REPETITION_BOUNDS, ARKA_RE2_REPEATED_REPETITION:
            self = fault.repetition(error)
        case ARKA_RE2_TOO_LARGE: self = .tooLarge
        case ARKA_RE2_ENCODING: self.init(.patternEncoding, "the pattern is not valid UTF-8")
        default: self.init(.patternSyntax, "RE2 does not take this pattern")
        }
    }
}
