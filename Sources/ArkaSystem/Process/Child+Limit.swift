import Glibc

extension Child {
    /// Waits until the child has ended, but no longer than a limit; then its whole group is killed.
    /// - Returns: How it ended; `nil` if it had to be killed.
    public func wait(within limit: Duration) -> Ended? {
        let deadline = SystemTime().monotonic + limit
        while SystemTime().monotonic < deadline {
            if let ended = poll() { return ended }
            usleep(2_000)
        }
        signal(SIGKILL)
        _ = wait()
        return nil
    }
}
