import ArkaJSON
import ArkaModel
import ArkaSystem

/// Prints diagnostics: as text to standard error, or as one JSON document to standard output.
/// - Returns: The exit code: 1 if one of them is an error.
func report(_ diagnostics: [Diagnostic], asJSON: Bool, summary: String) -> Int32 {
    let errors = diagnostics.count { $0.severity == .error }
    if asJSON {
        StandardStream.output.writeAll(json(diagnostics) + [UInt8(ascii: "\n")])
    } else {
        StandardStream.error.write(diagnostics.map { $0.rendered() + "\n" }.joined())
        let warnings = diagnostics.count - errors
        if diagnostics.isEmpty {
            StandardStream.output.write("\(summary): no problems found\n")
        } else {
            let counts = "\(counted(errors, "error")), \(counted(warnings, "warning"))"
            StandardStream.error.write("\(summary): \(counts)\n")
        }
    }
    return errors > 0 ? 1 : 0
}

/// `arka.diagnostics/1`: an object with the list and the number of errors.
private func json(_ diagnostics: [Diagnostic]) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.name("schema")
    json.string("arka.diagnostics/1")
    json.appendMembers(of: diagnostics)
    json.endObject()
    return json.bytes
}

extension JSONWriter {
    /// Appends the members `errors` and `diagnostics` to an object.
    mutating func appendMembers(of diagnostics: [Diagnostic]) {
        name("errors")
        integer(diagnostics.count { $0.severity == .error })
        name("diagnostics")
        beginArray()
        for diagnostic in diagnostics { append(diagnostic, to: &self) }
        endArray()
    }
}

private func append(_ diagnostic: Diagnostic, to json: inout JSONWriter) {
    let end = diagnostic.source.position(at: diagnostic.range.end)
    json.beginObject()
    for (name, text) in [
        ("code", diagnostic.code.description), ("severity", diagnostic.severity.rawValue),
        ("file", diagnostic.source.name), ("message", diagnostic.message),
        ("expected", diagnostic.expectation), ("suggestion", diagnostic.suggestion),
    ] {
        guard let text else { continue }
        json.name(name)
        json.string(text)
    }
    for (name, value) in [
        ("line", diagnostic.position.line), ("column", diagnostic.position.column),
        ("end_line", end.line), ("end_column", end.column),
    ] {
        json.name(name)
        json.integer(value)
    }
    json.endObject()
}
