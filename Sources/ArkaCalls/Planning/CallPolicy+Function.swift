import ArkaModel
public import ArkaResilience
public import PactPlugins

extension CallPolicy {
    /// The policy that a function's author wishes; configuration changes it from here.
    ///
    /// Immediate functions share no calls: each lane asks on its own thread, and waiting for another
    /// lane's thread costs more than asking again.
    public init(of function: RegisteredFunction) {
        self.init(function: function.signature.path)
        let settings = function.settings
        cacheTTL = settings.cacheTTL
        limits.function = settings.timeout
        retry = settings.retriesOnFailure ? RetryPolicy(attemptsMax: settings.attemptsMax) : .never
        batchItemsMax = function.form.itemsMax
        if case .immediate = function.form { sharesEqualCalls = false }
    }
}

extension RegisteredFunction.Form {
    /// Calls that the code takes at once.
    var itemsMax: Int {
        if case .batch(let itemsMax, _) = self { itemsMax } else { 1 }
    }
}
