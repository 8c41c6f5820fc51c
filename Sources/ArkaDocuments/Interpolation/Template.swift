/// A text with variables in it.
struct Template: Equatable {
    indirect enum Part: Equatable {
        case literal(String)
        /// `${NAME}` or `${NAME:-default}`; the default counts where NAME is unset or empty.
        case variable(String, fallback: Template?)
    }

    var parts: [Part] = []

    /// Whether it holds no variables but these.
    func leans(onlyOn names: Dictionary<String, String>.Keys) -> Bool {
        parts.allSatisfy { part in
            if case .variable(let name, _) = part { names.contains(name) } else { true }
        }
    }
}

/// Why a text is no template.
struct TemplateFailure: Error, Equatable {
    var message: String
    var expectation = "${NAME}, ${NAME:-default}, or $${ for the characters themselves"
}

/// Reads a text with `${NAME}` and `${NAME:-default}` in it; `$${` stands for `${`, and a `$` before
/// anything else for itself. Defaults may hold variables in turn.
func parseTemplate(_ text: String, depthMax: Int) -> Result<Template, TemplateFailure> {
    var parser = TemplateParser(rest: Array(text.utf8)[...], depthMax: depthMax)
    return Result { () throws(TemplateFailure) in try parser.template(depth: 0) }
}

private struct TemplateParser {
    var rest: ArraySlice<UInt8>
    let depthMax: Int

    /// Reads up to the end, or within a default up to the brace that closes it.
    mutating func template(depth: Int) throws(TemplateFailure) -> Template {
        guard depth <= depthMax else {
            throw TemplateFailure(message: "more than \(depthMax) defaults within each other")
        }
        var template = Template()
        var literal: [UInt8] = []
        while let byte = rest.first, depth == 0 || byte != UInt8(ascii: "}") {
            if take("$${") {
                literal += Array("${".utf8)
            } else if take("${") {
                template.append(literal: &literal)
                template.parts.append(try variable(depth: depth))
            } else {
                literal.append(byte)
                rest = rest.dropFirst()
            }
        }
        template.append(literal: &literal)
        return template
    }

    /// Reads what stands between `${` and `}`.
    private mutating func variable(depth: Int) throws(TemplateFailure) -> Template.Part {
        let name = rest.prefix(while: isNameByte)
        guard let first = name.first, !isDigit(first) else {
            throw TemplateFailure(message: "'${' is not followed by the name of a variable")
        }
        rest = rest.dropFirst(name.count)
        let fallback = take(":-") ? try template(depth: depth + 1) : nil
        guard take("}") else {
            throw TemplateFailure(
                message: rest.isEmpty
                    ? "'${' is not closed" : "the name of a variable goes on in another way")
        }
        return .variable(String(decoding: name, as: UTF8.self), fallback: fallback)
    }

    private mutating func take(_ word: String) -> Bool {
        guard rest.starts(with: word.utf8) else { return false }
        rest = rest.dropFirst(word.utf8.count)
        return true
    }
}

extension Template {
    fileprivate mutating func append(literal bytes: inout [UInt8]) {
        if !bytes.isEmpty { parts.append(.literal(String(decoding: bytes, as: UTF8.self))) }
        bytes = []
    }
}

private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}

private func isNameByte(_ byte: UInt8) -> Bool {
    let letter = byte | 0x20
    return isDigit(byte) || byte == UInt8(ascii: "_")
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter)
}
