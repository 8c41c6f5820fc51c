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
