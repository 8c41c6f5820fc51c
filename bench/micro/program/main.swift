import ArkaEvaluate
import ArkaModel
import ArkaRules
import ArkaStream
import Foundation
import WorkloadBook

/// Runs messages through the engine's core, from the copy into the batch to the decision's bytes.
///
/// `arka-microbench RULES.json MESSAGES.jsonl COUNT [portable|avx2|avx512] [rows per batch]`. What it
/// costs is measured from outside (`bench/micro/measure`): the difference of two counts.
let arguments = CommandLine.arguments
guard arguments.count >= 4, let total = Int(arguments[3]) else {
    print("usage: arka-microbench RULES.json MESSAGES.jsonl COUNT [PATH] [ROWS]")
    exit(2)
}
let paths: [String: KernelPath] = ["portable": .portable, "avx2": .avx2, "avx512": .avx512]
let kernels = arguments.count > 4 ? paths[arguments[4]] : nil
let rowsPerBatch = arguments.count > 5 ? Int(arguments[5]) ?? 256 : 256
let book = try WorkloadBook.read(json: Array(Data(contentsOf: URL(fileURLWithPath: arguments[1]))))
let text = try Data(contentsOf: URL(fileURLWithPath: arguments[2]))
let messages = text.split(separator: UInt8(ascii: "\n")).map { Array($0) }
let layout = RecordLayout(idPath: ["id"], eventTimePath: ["timestamp"])
let plan = EvaluationPlan(
    book: book, layout: layout, rulebookName: "rules-\(book.rules.count)",
    rulebookDigest: "0123456789abcdef")

/// A function, because variables at the top level are guarded on every use.
func run() {
    let evaluator = BatchEvaluator(plan: plan, options: EvaluationOptions(kernels: kernels))
    let batch = RecordBatch()
    var decisionBytes = 0
    var fires = 0
    var deadLetters = 0
    var next = 0
    let started = ContinuousClock.now
    while next < total {
        batch.removeAll()
        let count = min(rowsPerBatch, total - next)
        for row in 0..<count {
            messages[(next + row) % messages.count].withUnsafeBytes { bytes in
                batch.append(
                    payload: bytes, key: nil, partition: 3, offset: Int64(next + row),
                    timestamp: 1_770_227_029_413)
            }
        }
        next += count
        evaluator.evaluate(batch, origin: .topic("transactions"), evaluatedAt: 1_770_227_029_413)
        decisionBytes += batch.output.count
        deadLetters += batch.deadLetters.count
        for rule in evaluator.firedRules { fires += evaluator.ruleFires[rule] }
    }
    let elapsed = started.duration(to: .now)
    let parts = elapsed.components
    let nanoseconds = Double(parts.attoseconds) / 1e9 + Double(parts.seconds) * 1e9
    print(
        "messages=\(total) decision_bytes=\(decisionBytes) fires=\(fires) dead_letters=\(deadLetters) "
            + "ns_per_message=\(Int(nanoseconds / Double(max(total, 1))))")
}

run()
