import ArkaModel

/// Gives the rules of a book their meaning, file by file and rule by rule, and goes on after
/// errors: a part that was reported is left out silently, so one mistake is one message.
struct Checker {
    /// Every path that a rule named.
    var catalog: FieldCatalog
    /// What the rules are checked against.
    let inputs: RuleInputs
    /// Where the findings of the current file go.
    var collector: DiagnosticCollector
    /// What the current rule has named so far.
    var scope = RuleScope()
    /// Whether the missing schema was mentioned in this file.
    var hasNotedMissingSchema = false
    /// Where each rule stands, to report names used twice.
    private var ruleByName: [String: (source: SourceText, range: SourceRange)] = [:]

    /// The constants of all files; `nil` for one that was reported.
    var constants: [String: CheckedExpression?] = [:]
    /// The constants of the current file that stand below the one at hand.
    var laterConstants: Set<String> = []
    /// The lists of all files.
    var lists: [String: RuleList] = [:]
    /// The lists from files, as the rules look into them.
    var fileLists = RuleLists()
    /// What the files of lists hold, in the order in which they were declared.
    var listSources: [SourceText] = []
    /// The functions that rules call, actions too, in the order of their first calls.
    var calledFunctions: [CalledFunction] = []
    /// Where each list stands, to report those that nobody uses.
    var declaredLists: [(name: String, source: SourceText, range: SourceRange)] = []
    var usedLists: Set<String> = []

    init(_ inputs: RuleInputs) {
        catalog = FieldCatalog(layout: inputs.layout)
        self.inputs = inputs
        collector = DiagnosticCollector(source: SourceText(name: "", utf8: []))
    }

    /// Turns to the next file.
    mutating func begin(_ source: SourceText) {
        collector = DiagnosticCollector(source: source)
        hasNotedMissingSchema = false
    }

    /// Checks a rule of the current file; `nil` if something is wrong with it.
    mutating func check(_ rule: RuleSyntax) -> CheckedRule? {
        scope = RuleScope()
        checkName(of: rule)
        let attributes = check(rule.attributes)
        let condition = checkConditions(of: rule)
        let actions = rule.actions.compactMap { check($0) }
        if !rule.isDamaged {
            checkCompleteness(of: rule)
            if !attributes.declaresOnUnknown, inputs.onUnknown == nil { checkOptionalFields() }
        }
        guard let condition, !rule.isDamaged, actions.count == rule.actions.count else {
            return nil
        }
        return CheckedRule(
            name: rule.name.text, condition: condition, actions: actions,
            onUnknown: attributes.onUnknown ?? inputs.onUnknown ?? .review,
            notes: attributes.notes)
    }

    /// Where the name of a rule stands.
    func place(ofRule name: String) -> SourcePlace? {
        ruleByName[name].map { SourcePlace($0.source, $0.range) }
    }

    // MARK: Parts of a rule

    private mutating func checkName(of rule: RuleSyntax) {
        let name = rule.name
        guard let first = ruleByName[name.text] else {
            ruleByName[name.text] = (collector.source, name.range)
            return
        }
        guard !collector.isFull else { return }
        let line = first.source.position(at: first.range.start).line
        report(
            .duplicateRule, "there is a rule '\(name.text)' already",
            expected: "another name than that of \(first.source.name):\(line)", at: name.range)
    }

    /// All lines of `when` together; `nil` if one was reported.
    private mutating func checkConditions(of rule: RuleSyntax) -> Logic? {
        var conditions: [Logic] = []
        var ranges: [SourceRange] = []
        var weights: [Weight] = []
        var isSound = true
        for statement in rule.statements {
            switch statement {
            case .binding(let name, let value):
                bind(name, to: value)
            case .condition(let syntax):
                guard let checked = check(syntax), let logic = condition(checked) else {
                    isSound = false
                    continue
                }
                conditions.append(logic)
                ranges.append(syntax.range)
                weights.append(checked.weight)
            }
        }
        guard isSound, !scope.hasFaultyLet else { return nil }
        guard Weight(over: weights).operations <= Limits.ruleOperationsMax else {
            report(
                .ruleTooLarge, "this rule is too large with its 'let's filled in",
                expected: "at most \(Limits.ruleOperationsMax) operations", at: rule.name.range)
            return nil
        }
        if conditions.isEmpty, !rule.isDamaged {
            report(
                .noCondition, "this rule has no condition",
                expected: "a comparison in 'when'; 'true' for always", at: rule.name.range)
            return nil
        }
        warnIfNeverTrue(conditions, ranges)
        return conditions.count == 1 ? conditions[0] : .all(conditions)
    }

    private mutating func checkCompleteness(of rule: RuleSyntax) {
        if rule.actions.isEmpty {
            report(
                .noAction, "this rule does nothing when it fires", severity: .warning,
                expected: "an action in 'then'", at: rule.name.range)
        }
        for name in scope.unusedLets {
            report(
                .unusedLet, "'\(name.text)' is never used", severity: .warning, at: name.range)
        }
    }

    // MARK: Reporting

    /// The name that was meant, as long as somebody will see it: a flood of mistakes must not be
    /// compared with thousands of names each.
    func near(to name: String, among names: @autoclosure () -> [String]) -> String? {
        collector.isFull ? nil : nearName(to: name, among: names())
    }

    mutating func report(
        _ code: DiagnosticCode, _ message: String, severity: Diagnostic.Severity = .error,
        expected: String? = nil, suggestion: String? = nil, at range: SourceRange
    ) {
        collector.report(
            code, message, severity: severity, expected: expected, suggestion: suggestion,
            at: range)
    }
}
