import ArkaModel

extension PluginValue {
    /// A moment as RFC 3339; `null` if its year has not four digits.
    static func time(millisecondsSince1970 milliseconds: Int64) -> PluginValue {
        let seconds = ExactDecimal(scaled: Int128(milliseconds) * 1_000_000_000_000_000)
        return Timestamp.text(secondsSince1970: seconds).map { .string($0) } ?? .null
    }

    /// Reads a moment in milliseconds since 1970; what is finer is cut off.
    func readTime(_ name: String) throws(ArgumentMismatch) -> Int64? {
        guard let text: String = try read(name) else { return nil }
        guard let seconds = Timestamp.seconds(text.utf8) else {
            throw ArgumentMismatch(expected: "a date and time", found: "another text")
                .below(.name(name))
        }
        return Int64(seconds.scaled / 1_000_000_000_000_000)
    }

    /// Reads a member that must be an object, and keeps the order of its members.
    func readObject(_ name: String) throws(ArgumentMismatch) -> PluginValue {
        let value = self[name] ?? .null
        guard case .object = value else {
            throw ArgumentMismatch(expected: "an object", found: value).below(.name(name))
        }
        return value
    }
}
