/// A plugin whose functions fetch data from outside.
public protocol DataSourcePlugin: Plugin {}

/// A plugin whose functions add to what is known of a transaction.
public protocol EnrichmentPlugin: Plugin {}

/// A plugin whose functions act outside.
public protocol ActionPlugin: Plugin {}

/// A plugin whose functions judge.
public protocol ValidationPlugin: Plugin {}

extension DataSourcePlugin {
    /// Calls a data source by its name; whatever is wrong is a result without success.
    public func fetch(
        _ function: String, _ arguments: [String: PluginValue] = [:],
        context: PluginContext = PluginContext()
    ) async -> DataSourceResult {
        await FunctionDispatch.call(self, function, arguments, context)
    }
}

extension EnrichmentPlugin {
    /// Calls an enrichment by its name; whatever is wrong is a result without success.
    public func enrich(
        _ function: String, data: [String: PluginValue] = [:],
        context: PluginContext = PluginContext()
    ) async -> EnrichmentResult {
        await FunctionDispatch.call(self, function, data, context)
    }
}

extension ActionPlugin {
    /// Performs an action by its name, once; whatever is wrong is a result without success.
    public func execute(
        _ action: String, params: [String: PluginValue] = [:],
        context: PluginContext = PluginContext()
    ) async -> ActionResult {
        await FunctionDispatch.call(self, action, params, context)
    }
}

extension ValidationPlugin {
    /// Calls a validator by its name; whatever is wrong is a result that is not valid and says why.
    public func validate(
        _ function: String, data: [String: PluginValue] = [:],
        context: PluginContext = PluginContext()
    ) async -> ValidationResult {
        await FunctionDispatch.call(self, function, data, context)
    }
}
