public import ArkaConfig
public import ArkaEngine
public import ArkaModel
public import ArkaResilience

// Words of other modules that callers of this one need: `import ARKA` is enough for them.

/// What the engine says of a transaction.
public typealias DecisionStatus = ArkaModel.DecisionStatus
/// What becomes of a transaction where a rule is unknown.
public typealias OnUnknown = ArkaModel.OnUnknown
/// Why a value could not be had.
public typealias UnknownCause = ArkaModel.UnknownCause
/// The plugins that are linked into a program, of one namespace or several.
public typealias PluginRegistry = ArkaEngine.PluginRegistry
/// A plugin cannot be loaded, unloaded, or does not start.
public typealias PluginLoadError = ArkaEngine.PluginLoadError
/// What is said of how one function is called.
public typealias FunctionUse = ArkaConfig.FunctionUse
/// When calls are kept away from a function that does not work.
public typealias BreakerPolicy = ArkaResilience.BreakerPolicy
/// What becomes of calls of a function that does not work.
public typealias OutagePolicy = ArkaResilience.OutagePolicy
