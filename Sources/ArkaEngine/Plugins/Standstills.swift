import ArkaCalls
import ArkaResilience

/// Which functions keep lanes from reading for longer than passing load does, one sentence each.
func standstillReasons(_ functions: [FunctionSnapshot]) -> [String] {
    functions.compactMap { function in
        guard let time = function.stopsReadingFor, time >= EngineLimits.readingStopsAfter else {
            return nil
        }
        if function.whenUnavailable == .hold, function.breaker != .closed {
            return "\(function.function) does not work (when_unavailable: hold): "
                + "\(function.waiting) pending until it does; lanes read no more"
        }
        return "\(function.function) has no place for more calls (max_concurrent): "
            + "\(function.waiting) pending, \(function.inFlight) in flight; lanes read no more"
    }
}
