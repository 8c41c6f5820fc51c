/// Where metrics and health are served.
public struct AdminSpec: Sendable, Hashable {
    /// The address to listen on; the loopback unless someone decides otherwise.
    public var host: String
    /// The first port to try; the next free one is taken and named in the log. 0 serves nothing.
    public var port: Int

    /// Makes the settings of the admin server.
    public init(host: String = "127.0.0.1", port: Int = 9464) {
        self.host = host
        self.port = port
    }
}
