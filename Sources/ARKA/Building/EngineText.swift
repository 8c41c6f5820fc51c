/// A text that an engine is built from: rules, or a record schema.
public enum EngineText: Sendable, Hashable {
    /// The text itself; the name stands in messages.
    case text(String, name: String = "rules.pact")
    /// A file. Lists that its rules read from files lie relative to it.
    case file(String)
}
