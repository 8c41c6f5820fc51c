/// Why a consumer group member ended, and with which exit code the process should.
public struct ExitReason: Sendable, Hashable {
    /// 0 asked to stop, 1 found a problem, 3 fenced.
    public let code: Int32
    /// One sentence for people; empty where the stop was asked for and went well.
    public let message: String

    /// Names a reason.
    public init(code: Int32, message: String) {
        self.code = code
        self.message = message
    }

    /// Stopped as asked.
    public static let stopped = ExitReason(code: 0, message: "")
}
