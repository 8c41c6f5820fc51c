import ArkaJSON
import ArkaModel
import ArkaRules

extension ShownExplanation {
    /// `arka.explanation/1`: the status, the calls, and each rule with its parts.
    var json: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.name("schema")
        json.string("arka.explanation/1")
        json.name("status")
        json.string(decision.status.word)
        json.name("calls")
        json.beginArray()
        for call in decision.calls { append(call, to: &json) }
        json.endArray()
        json.name("rules")
        json.beginArray()
        for rule in rules { append(rule, to: &json) }
        json.endArray()
        json.endObject()
        return json.bytes
    }

    private func append(_ call: MadeCall, to json: inout JSONWriter) {
        json.beginObject()
        json.name("function")
        json.string(call.request.function.path)
        append(call.request.arguments, to: &json)
        switch call.answer {
        case .value(let value):
            json.name("answer")
            json.word(value.jsonText)
        case .unknown(let cause):
            json.name("unknown")
            json.string(cause.word)
        }
        json.endObject()
    }

    private func append(_ arguments: [CallRequest.Argument], to json: inout JSONWriter) {
        json.name("arguments")
        json.beginObject()
        for argument in arguments {
            json.name(argument.name)
            json.word(argument.value.jsonText)
        }
        json.endObject()
    }

    private func append(_ rule: RuleExplanation, to json: inout JSONWriter) {
        json.beginObject()
        json.name("rule")
        json.string(rule.result.rule)
        json.name("fires")
        json.boolean(rule.result.truth == .yes)
        json.name("on_unknown")
        json.string(rule.onUnknown.rawValue)
        json.name("condition")
        append(rule.condition, to: &json)
        json.name("actions")
        json.beginArray()
        for action in rule.actions { append(action, to: &json) }
        json.endArray()
        json.endObject()
    }

    /// One of `truth`, `value` and `unknown` says what it comes to.
    private func append(_ part: Explanation, to json: inout JSONWriter) {
        json.beginObject()
        json.name("text")
        json.string(part.text)
        switch part.outcome {
        case .truth(let value):
            json.name("truth")
            json.boolean(value)
        case .value(let value):
            json.name("value")
            json.word(value.jsonText)
        case .unknown(let cause, let field):
            json.name("unknown")
            json.string(cause.word)
            guard let field else { break }
            json.name("field")
            json.string(field)
        }
        if !part.parts.isEmpty {
            json.name("parts")
            json.beginArray()
            for part in part.parts { append(part, to: &json) }
            json.endArray()
        }
        json.endObject()
    }

    private func append(_ action: DecidedAction, to json: inout JSONWriter) {
        json.beginObject()
        json.name("action")
        json.string(action.name)
        for (name, value) in [("reason", action.reason), ("details", action.details)] {
            guard let value else { continue }
            json.name(name)
            json.word(value.jsonText)
        }
        if !action.arguments.isEmpty { append(action.arguments, to: &json) }
        json.endObject()
    }
}
