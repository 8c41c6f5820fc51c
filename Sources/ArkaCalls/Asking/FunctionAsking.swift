import ArkaResilience
import ArkaStream
import PactPlugins

/// What a lane keeps for asking one function.
final class FunctionAsking {
    /// Questions of the round that the function answers.
    var questions: [Int] = []
    private let defaults: [DefaultArgument?]
    private var writer: CallKeyWriter

    init(_ function: PlannedFunction) {
        defaults = function.defaults
        writer = CallKeyWriter(function.shape)
    }

    /// The key of a question: what the rule gives, and defaults where it gives nothing.
    func key(
        of question: CallRound.Question, _ call: PlannedArguments, _ reader: borrowing QuestionReader
    ) -> CallKey {
        Self.write(question, call, reader, defaults, with: &writer)
        return writer.finish()
    }

    private static func write(
        _ question: CallRound.Question, _ call: PlannedArguments,
        _ reader: borrowing QuestionReader, _ defaults: [DefaultArgument?],
        with writer: inout CallKeyWriter
    ) {
        writer.begin()
        for (parameter, source) in call.sources.enumerated() {
            if source >= 0 {
                reader.add(source, of: question, as: parameter, to: &writer)
            } else {
                defaults[parameter]?.add(parameter, to: &writer)
            }
        }
    }

    /// The arguments of a question, one per parameter; `nil` if one of them cannot be passed.
    func arguments(
        of question: CallRound.Question, _ call: PlannedArguments, _ reader: borrowing QuestionReader
    ) -> [PluginValue?]? {
        var arguments: [PluginValue?] = []
        arguments.reserveCapacity(call.sources.count)
        for (parameter, source) in call.sources.enumerated() {
            if source >= 0 {
                guard let value = reader.value(source, of: question) else { return nil }
                arguments.append(value)
            } else {
                arguments.append(defaults[parameter]?.value)
            }
        }
        return arguments
    }
}
