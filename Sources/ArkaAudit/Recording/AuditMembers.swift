import ArkaJSON
import PactPlugins

/// Collects members of a JSON object, without its braces.
struct AuditMembers {
    private(set) var bytes: [UInt8]

    /// Goes on behind members that are there.
    init(_ bytes: [UInt8] = []) { self.bytes = bytes }

    mutating func add(_ name: String, text: String) {
        begin(name)
        bytes.append(jsonString: text)
    }

    mutating func add(_ name: String, _ value: PluginValue) {
        begin(name)
        bytes += value.json
    }

    private mutating func begin(_ name: String) {
        if !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
        bytes.append(jsonString: name)
        bytes.append(UInt8(ascii: ":"))
    }
}
