/// The parameters of a function, and how its code gets them: as one value, two as a pair, and so on.
public struct ParameterList<Input: Sendable>: Sendable {
    let inputs: [any FunctionInput]
    let read: @Sendable (inout ArgumentReader) -> Input?
}

/// Collects the parameters of a function: up to six, and the context.
///
/// Written out for each number: a closure can then name them one by one, which it cannot with
/// parameter packs.
@resultBuilder
public enum ParameterListBuilder {
    /// No parameter.
    public static func buildBlock() -> ParameterList<Void> {
        ParameterList(inputs: []) { _ in () }
    }

    /// One parameter, or the context.
    public static func buildBlock<A: FunctionInput>(_ a: A) -> ParameterList<A.Value> {
        ParameterList(inputs: [a]) { a.take(from: &$0) }
    }

    /// Two of them.
    public static func buildBlock<A: FunctionInput, B: FunctionInput>(
        _ a: A, _ b: B
    ) -> ParameterList<(A.Value, B.Value)> {
        ParameterList(inputs: [a, b]) { reader in
            let a = a.take(from: &reader)
            let b = b.take(from: &reader)
            guard let a, let b else { return nil }
            return (a, b)
        }
    }

    /// Three of them.
    public static func buildBlock<A: FunctionInput, B: FunctionInput, C: FunctionInput>(
        _ a: A, _ b: B, _ c: C
    ) -> ParameterList<(A.Value, B.Value, C.Value)> {
        ParameterList(inputs: [a, b, c]) { reader in
            let a = a.take(from: &reader)
            let b = b.take(from: &reader)
            let c = c.take(from: &reader)
            guard let a, let b, let c else { return nil }
            return (a, b, c)
        }
    }

    /// Four of them.
    public static func buildBlock<
        A: FunctionInput, B: FunctionInput, C: FunctionInput, D: FunctionInput
    >(
        _ a: A, _ b: B, _ c: C, _ d: D
    ) -> ParameterList<(A.Value, B.Value, C.Value, D.Value)> {
        ParameterList(inputs: [a, b, c, d]) { reader in
            let a = a.take(from: &reader)
            let b = b.take(from: &reader)
            let c = c.take(from: &reader)
            let d = d.take(from: &reader)
            guard let a, let b, let c, let d else { return nil }
            return (a, b, c, d)
        }
    }

    /// Five of them.
    public static func buildBlock<
        A: FunctionInput, B: FunctionInput, C: FunctionInput, D: FunctionInput, E: FunctionInput
    >(
        _ a: A, _ b: B, _ c: C, _ d: D, _ e: E
    ) -> ParameterList<(A.Value, B.Value, C.Value, D.Value, E.Value)> {
        ParameterList(inputs: [a, b, c, d, e]) { reader in
            let a = a.take(from: &reader)
            let b = b.take(from: &reader)
            let c = c.take(from: &reader)
            let d = d.take(from: &reader)
            let e = e.take(from: &reader)
            guard let a, let b, let c, let d, let e else { return nil }
            return (a, b, c, d, e)
        }
    }

    /// Six of them.
    public static func buildBlock<
        A: FunctionInput, B: FunctionInput, C: FunctionInput, D: FunctionInput, E: FunctionInput,
        F: FunctionInput
    >(
        _ a: A, _ b: B, _ c: C, _ d: D, _ e: E, _ f: F
    ) -> ParameterList<(A.Value, B.Value, C.Value, D.Value, E.Value, F.Value)> {
        ParameterList(inputs: [a, b, c, d, e, f]) { reader in
            let a = a.take(from: &reader)
            let b = b.take(from: &reader)
            let c = c.take(from: &reader)
            let d = d.take(from: &reader)
            let e = e.take(from: &reader)
            let f = f.take(from: &reader)
            guard let a, let b, let c, let d, let e, let f else { return nil }
            return (a, b, c, d, e, f)
        }
    }

    /// Seven of them.
    public static func buildBlock<
        A: FunctionInput, B: FunctionInput, C: FunctionInput, D: FunctionInput, E: FunctionInput,
        F: FunctionInput, G: FunctionInput
    >(
        _ a: A, _ b: B, _ c: C, _ d: D, _ e: E, _ f: F, _ g: G
    ) -> ParameterList<(A.Value, B.Value, C.Value, D.Value, E.Value, F.Value, G.Value)> {
        ParameterList(inputs: [a, b, c, d, e, f, g]) { reader in
            let a = a.take(from: &reader)
            let b = b.take(from: &reader)
            let c = c.take(from: &reader)
            let d = d.take(from: &reader)
            let e = e.take(from: &reader)
            let f = f.take(from: &reader)
            let g = g.take(from: &reader)
            guard let a, let b, let c, let d, let e, let f, let g else { return nil }
            return (a, b, c, d, e, f, g)
        }
    }
}
