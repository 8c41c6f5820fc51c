import ArkaModel
import ArkaResilience
import ArkaStream
import PactPlugins

/// The questions of a round as they are when it is settled, read without asking the round again.
struct QuestionReader {
    let questions: [CallRound.Question]
    private let values: [CallRound.Argument]
    let bytes: [UInt8]

    init(_ round: CallRound) {
        questions = round.questions
        values = round.arguments
        bytes = round.bytes
    }

    /// Adds an argument to a key.
    /// - Parameters:
    ///   - source: Which of the question's arguments.
    ///   - parameter: Which of the function's parameters it is for.
    func add(
        _ source: Int, of question: CallRound.Question, as parameter: Int,
        to writer: inout CallKeyWriter
    ) {
        switch values[question.argumentRange.lowerBound + source] {
        case .text(let range): writer.add(parameter, text: bytes.span.extracting(range))
        case .number(let number): writer.add(parameter, decimal: number)
        case .truth(let truth): writer.add(parameter, truth: truth)
        case .null: writer.add(parameter, document: Self.null.span)
        case .document(let range): writer.add(parameter, document: bytes.span.extracting(range))
        }
    }

    /// Where in ``bytes`` the JSON of an argument is that is a list or an object; `nil` if it is none.
    func document(_ source: Int, of question: CallRound.Question) -> Range<Int>? {
        guard case .document(let range) = values[question.argumentRange.lowerBound + source] else {
            return nil
        }
        return range
    }

    /// Whether the same bytes stand at a place.
    func holds(_ known: [UInt8], at range: Range<Int>) -> Bool {
        guard known.count == range.count else { return false }
        let (first, second) = (known.span, bytes.span.extracting(range))
        for index in first.indices where first[index] != second[index] { return false }
        return true
    }

    /// An argument that is no list and no object, as the function gets it.
    func scalar(_ source: Int, of question: CallRound.Question) -> PluginValue {
        switch values[question.argumentRange.lowerBound + source] {
        case .text(let range): .string(String(decoding: bytes[range], as: UTF8.self))
        case .number(let number): .number(number)
        case .truth(let truth): .boolean(truth)
        case .null, .document: .null
        }
    }

    private static let null = Array("null".utf8)
}
