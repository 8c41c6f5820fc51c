import Glibc

/// Takes the stop signals out of the kernel's hands; must be the first statement of the program.
///
/// SIGHUP, SIGINT and SIGTERM are blocked, and every thread started later inherits that, also those
/// of librdkafka, libmicrohttpd, libcurl and the task pool. A thread started *before* keeps the
/// default, and a signal delivered to it ends the process: so no static initialiser may start one.
/// SIGPIPE is ignored: a reader that goes away is an error of `write`, not an end.
public func blockSignals() {
    signal(SIGPIPE, SIG_IGN)
    var set = sigset_t()
    // SAFETY: `set` is ours for these calls.
    sigemptyset(&set)
    for number in [SIGHUP, SIGINT, SIGTERM] { sigaddset(&set, number) }
    pthread_sigmask(SIG_BLOCK, &set, nil)
}
