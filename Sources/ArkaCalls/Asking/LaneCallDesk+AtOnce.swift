import ArkaModel
import ArkaResilience
import ArkaStream
import PactPlugins
import Synchronization

/// Questions that functions answer on the lane's thread: they wait for nobody, so their rows get no
/// tickets, and their answers do not go round by the inbox.
extension LaneCallDesk {
    /// Asks a function that answers at once all that the round asks of it, as many questions at a time
    /// as it takes.
    func settleAtOnce(
        _ settling: inout RoundSettling, _ questions: ArraySlice<Int>, _ asking: FunctionAsking
    ) {
        let function = stage.functions[asking.function]
        var rest = questions
        while !rest.isEmpty {
            let misses = nextMisses(of: &rest, asking, &settling)
            let unit = unit(of: misses, asking, &settling)
            if unit.questions.isEmpty { continue }
            let start = function.state.withLock {
                $0.machine.beginDirect(unit.questions.count, at: stage.time.monotonic)
            }
            switch start {
            case .admitted(let call): make(call, of: unit, function, &settling)
            case .refused(let refusal):
                let settled = SettledCall(.open(refusal), function: asking.path)
                for question in unit.questions { settling.answer(question, with: settled) }
            case .mustWait:
                for question in unit.questions { askInLine(question, asking, &settling) }
            }
        }
    }

    /// Takes the next questions that the cache does not answer, with their keys if answers are kept.
    private func nextMisses(
        of rest: inout ArraySlice<Int>, _ asking: FunctionAsking, _ settling: inout RoundSettling
    ) -> [(question: Int, key: CallKey?)] {
        guard asking.keepsAnswers else {
            defer { rest = rest.dropFirst(asking.itemsMax) }
            return rest.prefix(asking.itemsMax).map { ($0, nil) }
        }
        var misses: [(question: Int, key: CallKey?)] = []
        var writer = asking.takeWriter()
        let now = stage.time.monotonic
        stage.functions[asking.function].state.withLock { state in
            while misses.count < asking.itemsMax, let number = rest.popFirst() {
                let question = settling.reader.questions[number]
                let key = asking.key(of: question, settling.reader, with: &writer)
                if let hit = state.machine.answerFromCache(key, at: now) {
                    settling.answer(number, with: SettledCall(hit))
                } else {
                    misses.append((number, key))
                }
            }
        }
        asking.giveBack(writer)
        return misses
    }

    /// What the function is to be given. Questions that it must not be asked end in the line.
    private func unit(
        of misses: [(question: Int, key: CallKey?)], _ asking: FunctionAsking,
        _ settling: inout RoundSettling
    ) -> DirectUnit {
        var unit = DirectUnit(capacity: misses.count)
        let now = stage.time.monotonic
        for (number, key) in misses {
            let question = settling.reader.questions[number]
            let budgetEnd = budgetEnd(of: question.row)
            let timeLeft = min(asking.limit, budgetEnd.map { $0 - now } ?? asking.limit)
            guard timeLeft > .zero, let arguments = asking.arguments(of: question, settling.reader)
            else {
                askInLine(number, asking, &settling)
                continue
            }
            let call = FunctionCall(
                arguments: arguments, context: context(of: question.row, settling),
                timeLeft: timeLeft)
            unit.add(number, key, call, budgetEnd: budgetEnd)
        }
        return unit
    }

    /// Calls the function, and answers the questions.
    private func make(
        _ call: DirectCall, of unit: DirectUnit, _ function: FunctionStage,
        _ settling: inout RoundSettling
    ) {
        let result = function.function.callAtOnce(unit.calls)
        let end = function.state.withLock {
            $0.endDirect(call, with: result, unit.keys, unit.budgetEnds, at: stage.time.monotonic)
        }
        for (question, outcome) in zip(unit.questions, end.outcomes) {
            settling.answer(question, with: SettledCall(outcome, function: function.path))
        }
        if let errands = end.errands { stage.perform(errands, of: function) }
    }

    /// Asks one question as functions are asked that do not answer at once.
    private func askInLine(
        _ number: Int, _ asking: FunctionAsking, _ settling: inout RoundSettling
    ) {
        let function = stage.functions[asking.function]
        var writer = asking.takeWriter()
        let key = asking.key(
            of: settling.reader.questions[number], settling.reader, with: &writer)
        asking.giveBack(writer)
        let now = stage.time.monotonic
        let errands = function.state.withLock { state -> Errands? in
            let before = settling.pending.count
            askUncached(number, key, asking, &settling, &state, at: now)
            let isAsked = settling.pending.count > before
            return isAsked || state.owesErrands ? state.advance(to: now) : nil
        }
        if let errands { stage.perform(errands, of: function) }
    }
}
