/// What has a number of its own, given out one after the other by us, such as a call.
public protocol Numbered: Hashable, Sendable {
    /// The number.
    var number: UInt64 { get }
}

extension CallID: Numbered {}
extension FlightID: Numbered {}
extension DispatchID: Numbered {}
