import Glibc
import Testing

extension Tag {
    /// Needs a real broker: `PACT_BOOTSTRAP` names it, otherwise the test is skipped.
    @Tag static var broker: Self
}

/// The real broker that tests may use.
enum TestBroker {
    /// `host:port`, or nil; says so once per process where there is none.
    static let bootstrap: String? = {
        if let value = getenv("PACT_BOOTSTRAP") { return String(cString: value) }
        print("skipped: tests tagged .broker, since PACT_BOOTSTRAP names no broker")
        return nil
    }()
}
