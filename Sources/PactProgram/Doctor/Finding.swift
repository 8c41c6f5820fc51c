/// One thing that `pact doctor` looked at.
struct Finding: Hashable {
    /// How it stands.
    enum Verdict: String {
        /// As it should be.
        case fine
        /// Works, with a limit that one should know.
        case note
        /// `pact run` will not work before this is mended.
        case problem
    }

    let verdict: Verdict
    /// What was looked at.
    let subject: String
    /// What was seen.
    let text: String
    /// A command that mends it, where there is one.
    var remedy: String?

    /// The finding as people read it.
    var lines: [String] {
        let mark =
            switch verdict {
            case .fine: "ok     "
            case .note: "note   "
            case .problem: "MISSING"
            }
        var lines = ["\(mark)  \(subject): \(text)"]
        if let remedy { lines.append("         " + remedy) }
        return lines
    }
}
