public import ArkaModel

/// The codes of this target; meaning and remedy stand in `docs/spec/error-codes.md`.
extension DiagnosticCode {
    /// The wanted port and those after it are taken.
    public static let noFreePort = DiagnosticCode("ADMIN", 1)
    /// The system refuses to listen.
    public static let cannotListen = DiagnosticCode("ADMIN", 2)
    /// libmicrohttpd did not start.
    public static let cannotServe = DiagnosticCode("ADMIN", 3)
}
