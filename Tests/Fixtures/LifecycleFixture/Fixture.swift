import ArkaSystem
import Glibc

/// Runs two parts until a signal comes; the mode says what the consumer does wrong.
func runFixture(_ arguments: [String]) -> Int32 {
    guard arguments.count == 3, let milliseconds = Int64(arguments[2]) else { return 64 }
    let mode = arguments[1]
    do {
        let life = try Lifecycle(
            [part("admin"), part("consumer", mode)], grace: .milliseconds(milliseconds)
        ) { say("\($0)") }
        let signals = try StopSignals(onHangUp: { say("reopen") }) { signal in
            say("got \(signal.name)")
            life.requestStop()
        }
        if mode == "fenced" { life.requestStop(exitCode: 3) }
        return withExtendedLifetime(signals) { life.run() }
    } catch {
        say("\(error)")
        return 70
    }
}

func part(_ name: String, _ mode: String = "") -> LifecyclePart {
    LifecyclePart(name) {
        if mode == "broken" {
            throw SystemError(.outOfResources, name, "out of order")
        }
    } stop: { _ in
        say("stopping \(name)")
        while mode == "hangs" { pause() }
    }
}

func say(_ line: String) { StandardStream.output.write(line + "\n") }

/// Ends without waiting for threads that hang.
func exitProcess(_ code: Int32) -> Never { _exit(code) }
