/// The bounds of the admin server. A client that breaks one loses its connection; the engine never
/// notices.
public struct AdminLimits: Sendable {
    /// Open connections; further ones wait until one ends. A scraper and some probes need five.
    public var connections = 64
    /// Memory of a connection, and so the largest request head: beyond it, 414 or 431.
    public var connectionBytes = 32 << 10
    /// From the opening of a connection, or the end of its last request, to the end of the next head.
    /// Longer than a scrape interval of 15 s, so that scrapers keep their connection.
    public var head: Duration = .seconds(30)
    /// From the end of the head until the whole answer has been taken.
    public var answer: Duration = .seconds(30)
    /// Further ports that are tried if the wanted one is taken.
    public var portsTried = 20

    /// The limits above.
    public init() {}
}
