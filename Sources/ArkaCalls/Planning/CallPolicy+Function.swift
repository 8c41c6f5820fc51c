import ArkaModel
public import ArkaResilience
public import PactPlugins

extension CallPolicy {
    /// The policy that a function's author wishes; configuration changes it from here.
    public init(of function: RegisteredFunction) {
        self.init(function: function.signature.path)
        let settings = function.settings
        cacheTTL = settings.cacheTTL
        limits.function = settings.timeout
        retry = settings.retriesOnFailure ? RetryPolicy(attemptsMax: settings.attemptsMax) : .never
        batchItemsMax = function.form.itemsMax
        answersAtOnce = function.form.isImmediate
    }
}

extension RegisteredFunction.Form {
    /// Calls that the code takes at once.
    var itemsMax: Int {
        if case .batch(let itemsMax, _) = self { itemsMax } else { 1 }
    }

    /// Whether it answers on the thread that asks.
    var isImmediate: Bool {
        if case .immediate = self { true } else { false }
    }
}
