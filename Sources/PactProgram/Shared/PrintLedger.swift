import ArkaStream
import ArkaSystem

/// Prints the ledger line, and the difference if there is one.
/// - Returns: The exit code: the given one, or 1 where it was 0 and records are missing.
func printLedger(_ ledger: Ledger, exitCode: Int32) -> Int32 {
    StandardStream.error.write(ledger.line + "\n")
    guard let difference = ledger.differenceLine else { return exitCode }
    StandardStream.error.write(difference + "\n")
    return exitCode == 0 ? 1 : exitCode
}

/// The first exit code that is not 0; 0 if there is none.
func firstProblem(_ codes: Int32...) -> Int32 {
    codes.first { $0 != 0 } ?? 0
}
