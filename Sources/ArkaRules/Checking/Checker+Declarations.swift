import ArkaModel
import ArkaText

/// Lists and constants, which all rules of a topology see.
extension Checker {
    /// Checks the lists and constants of the current file. Those of all files come before the first
    /// rule; a constant may use those above it and in the files before.
    mutating func declare(_ declarations: [DeclarationSyntax]) {
        scope = RuleScope()
        laterConstants = Set(declarations.compactMap(\.constantName))
        for declaration in declarations {
            switch declaration {
            case .list(let list): declare(list)
            case .constant(let constant):
                declare(constant)
                laterConstants.remove(constant.name.text)
            }
        }
        laterConstants = []
    }

    private mutating func declare(_ constant: ConstantSyntax) {
        let checked = check(constant.value)
        guard checkIsFree(constant.name) else { return }
        constants[constant.name.text] = .some(checked.flatMap { isConstant($0) ? $0 : nil })
    }

    private mutating func isConstant(_ checked: CheckedExpression) -> Bool {
        if checked.constant != nil { return true }
        if checked.isConstantQuotient {
            _ = reportFailure(.inexact, checked.range)
            return false
        }
        report(
            .notConstant, "this is no constant",
            expected: "a text, a number, a duration, true, false, or something computed of them",
            at: checked.range)
        return false
    }

    private mutating func declare(_ list: ListSyntax) {
        let name = list.name.text
        let values = self.values(of: list)
        if lists[name] != nil {
            report(
                .repeatedName, "there is a list '\(name)' already", expected: "another name",
                at: list.name.range)
            return
        }
        lists[name] = RuleList(name: name, values: values)
        declaredLists.append((name, collector.source, list.name.range))
    }

    private mutating func values(of list: ListSyntax) -> RuleList.Values {
        switch list.source {
        case .reported: return .faulty
        case .values(let values):
            let elements = values.map { element(of: $0) }
            guard elements.allSatisfy({ $0 != nil }) else { return .faulty }
            let sound = elements.compactMap(\.self)
            let first = sound.first?.types ?? []
            guard let stranger = sound.firstIndex(where: { $0.types != first }) else {
                return .constants(sound)
            }
            reportUnlike(first, sound[stranger].types, at: values[stranger].range)
            return .faulty
        case .file(let path, let column): return file(path, column)
        }
    }

    private mutating func element(of syntax: ExpressionSyntax) -> RuleList.Element? {
        guard let checked = check(syntax) else { return nil }
        if let constant = checked.constant {
            return RuleList.Element(constant: constant, types: checked.types)
        }
        report(
            .listElement, "a list holds constants only",
            expected: "a text, a number, true or false", at: syntax.range)
        return nil
    }

    private mutating func file(_ path: NameSyntax, _ column: NameSyntax?) -> RuleList.Values {
        switch inputs.listFile(path.text, collector.source.name) {
        case .failure(let failure):
            report(
                .listFile, "cannot read '\(shown(path.text))': \(failure.reason)",
                expected: "a file, its path relative to this one", at: path.range)
            return .faulty
        case .success(let source):
            listSources.append(source)
            return .file(ListFile(source, column: column?.text))
        }
    }

    /// Warns of lists that no rule looks into; to be called when all rules have been checked.
    mutating func warnOfUnusedLists(_ warn: (Diagnostic) -> Void) {
        for (name, source, range) in declaredLists where !usedLists.contains(name) {
            warn(
                Diagnostic(
                    .unusedLet, "'list.\(name)' is never used", severity: .warning, in: source,
                    at: range))
        }
    }
}
