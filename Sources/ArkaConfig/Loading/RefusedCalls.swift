public import ArkaModel

/// Whether a command that decides records can run the rules of a topology.
/// - Returns: What to print if it cannot, since the rules call plugins' functions; the place is that
///   of the first call. `topology check` and `rules test` need not ask.
public func refusedCalls(_ topology: TopologySpec) -> Diagnostic? {
    topology.rules.firstCall.map { place in
        let written = place.source.utf8[place.range.start..<place.range.end]
        let name = shown(String(decoding: written, as: UTF8.self))
        return Diagnostic(
            .configCalls, "the rules call '\(name)', and this command cannot call plugins yet",
            expected: "rules without calls; 'pact rules test' runs these with answers of your own",
            at: place)
    }
}
