import ArkaModel
import ArkaRules
import ArkaSystem
import Glibc

/// `arka-rulebench FILE COPIES`: checks and plans the rules of a file, as often as it is told, and says
/// what that cost. A process measures once, because memory that it had does not go back.
let arguments = CommandLine.arguments
guard arguments.count == 3, let copies = Int(arguments[2]), copies > 0 else {
    print("usage: arka-rulebench FILE COPIES")
    exit(2)
}
let text = String(decoding: try readFile(arguments[1], limit: 64 << 20), as: UTF8.self)
guard let cost = RuleBookMeasurement(text, copies: copies, inputs: RuleInputs()) else {
    print("the rules have errors: see 'pact rules check'")
    exit(1)
}
print(
    "\(cost.rules) rules, \(cost.textBytes) bytes, \(cost.predicates) predicates: "
        + "\(Int(cost.cpuSeconds * 1000)) ms CPU, \(cost.peakBytes >> 20) MiB")
