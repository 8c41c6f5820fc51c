/// What a route answers.
public struct AdminResponse: Sendable, Hashable {
    /// The HTTP status.
    public let status: Int
    /// The media type with its character set.
    public let contentType: String
    /// The body; left out for HEAD by the server.
    public let body: [UInt8]

    /// Answers a text.
    public init(
        _ status: Int, _ text: String, contentType: String = "text/plain; charset=utf-8"
    ) {
        self.status = status
        self.contentType = contentType
        body = Array(text.utf8)
    }

    /// Answers metrics in Prometheus' text format.
    public static func metrics(_ exposition: String) -> AdminResponse {
        AdminResponse(200, exposition, contentType: "text/plain; version=0.0.4; charset=utf-8")
    }
}

/// Answers one path. Called on the server's only thread for each GET or HEAD: must answer from memory
/// and never block.
public typealias AdminRoute = @Sendable () -> AdminResponse
