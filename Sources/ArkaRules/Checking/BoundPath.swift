import ArkaModel

/// A path whose start is known: with its `let`s filled in.
struct BoundPath: Hashable {
    /// What a path starts from.
    enum Root: Hashable {
        /// A root of the record's layout, by name.
        case record(String)
        /// What the engine knows of the transaction besides its record.
        case context
        /// The answer of a call.
        case call(CallIndex)
    }

    let root: Root
    /// The steps behind the root.
    var steps: [PathStep]
    /// As a rule writes it, for messages and decisions.
    var written: String

    init(_ root: Root, _ steps: [PathStep], written: String) {
        self.root = root
        self.steps = steps
        self.written = written
    }

    /// The path with more steps behind it.
    func appending(_ more: some Sequence<StepSyntax>) -> BoundPath {
        var path = self
        for step in more {
            path.steps.append(step.step)
            path.written += step.step.suffix
        }
        return path
    }
}

extension PathStep {
    /// As it stands behind a path.
    var suffix: String {
        switch self {
        case .property(let name): "." + name
        case .element(let index): "[\(index)]"
        }
    }
}
