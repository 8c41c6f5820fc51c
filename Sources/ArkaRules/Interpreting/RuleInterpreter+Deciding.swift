import ArkaModel

extension RuleInterpreter {
    /// Decides one transaction with the calls that it needs.
    ///
    /// Rules are evaluated in rounds. A rule that is true or false whatever the calls still open would
    /// answer is decided; the calls that the others need are made together, then comes the next round.
    /// Of `x ?? y`, `y` is needed only once `x` is unknown. Calls that only the actions of a rule read
    /// are made once it has fired. Equal calls with equal arguments are made once. A call with an
    /// unknown argument is not made: it is unknown for the same cause.
    /// - Parameters:
    ///   - inputs: The transaction.
    ///   - call: Makes the calls of a round; must give one answer for each request, in their order.
    /// - Returns: What every rule comes to, which is what it would come to had all calls been made.
    public func decide(
        _ inputs: RecordInputs, calling call: ([CallRequest]) -> [CallAnswer]
    ) -> DecidedTransaction {
        var round = DecisionRound(self, inputs)
        while true {
            let requests = round.next()
            if !requests.isEmpty {
                let answers = call(requests)
                precondition(answers.count == requests.count, "one answer for each request")
                round.take(answers)
            } else if round.isSettled {
                return decision(round.walk, round.made)
            }
        }
    }

    /// The same, where calls take their time.
    public func decide(
        _ inputs: RecordInputs, calling call: ([CallRequest]) async -> [CallAnswer]
    ) async -> DecidedTransaction {
        var round = DecisionRound(self, inputs)
        while true {
            let requests = round.next()
            if !requests.isEmpty {
                let answers = await call(requests)
                precondition(answers.count == requests.count, "one answer for each request")
                round.take(answers)
            } else if round.isSettled {
                return decision(round.walk, round.made)
            }
        }
    }

    /// What the rules say once no call is open that any of them needs.
    func decision(_ walk: TreeWalk, _ calls: [MadeCall]) -> DecidedTransaction {
        let results = rules.map { $0.result(walk) }
        var status = DecisionStatus.compliant
        var actions: [DecidedAction] = []
        var unknown: [RuleResult] = []
        for (rule, result) in zip(rules, results) {
            switch result.truth {
            case .no: continue
            case .yes:
                status = rule.actions.reduce(status) { max($0, $1.status) }
                actions += rule.actions.map { walk.decided($0, of: rule.name) }
            case .unknown:
                guard let unknownStatus = rule.onUnknown.status else { continue }
                status = max(status, unknownStatus)
                unknown.append(result)
            }
        }
        return DecidedTransaction(
            status: status, results: results, actions: actions, unknown: unknown, calls: calls,
            needsNoCall: walk.answers.isEmpty)
    }
}

extension CheckedAction {
    /// The status that the decision gets at least.
    var status: DecisionStatus {
        switch kind {
        case .decide(let kind, _, _): kind.status
        case .call: .compliant
        }
    }

    /// Everything that it says.
    var outputs: [Output] {
        switch kind {
        case .decide(_, let reason, let details): [reason, details].compactMap(\.self)
        case .call(let call): call.arguments.map(\.value)
        }
    }
}

extension TreeWalk {
    /// An action as it comes out.
    func decided(_ action: CheckedAction, of rule: String) -> DecidedAction {
        switch action.kind {
        case .decide(let kind, let reason, let details):
            DecidedAction(
                rule: rule, name: kind.rawValue, reason: reason.map(written),
                details: details.map(written), arguments: [])
        case .call(let call):
            DecidedAction(
                rule: rule, name: call.function.path, reason: nil, details: nil,
                arguments: call.arguments.map {
                    CallRequest.Argument($0.name, written($0.value))
                })
        }
    }
}
