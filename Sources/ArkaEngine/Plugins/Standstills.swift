import ArkaCalls
import ArkaResilience

/// Which functions keep lanes from reading for longer than passing load does, one sentence each.
func standstillReasons(_ functions: [FunctionSnapshot]) -> [String] {
    functions.compactMap { function in
        guard let time = function.stopsReadingFor, time >= EngineLimits.readingStopsAfter else {
            return nil
        }
        let waiting = "\(function.waiting) \(function.waiting == 1 ? "call" : "calls")"
        if function.whenUnavailable == .hold, function.breaker != .closed {
            return "\(function.function) does not work, and \(waiting) of rules wait until it does "
                + "(when_unavailable: hold); lanes read no more"
        }
        return
            "\(function.function): \(waiting) of rules wait and \(function.inFlight) are out, as many "
            + "as may be (max_concurrent); lanes read no more"
    }
}
