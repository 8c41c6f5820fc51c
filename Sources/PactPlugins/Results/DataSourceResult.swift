public import ArkaModel

/// What a data source answers. Rules read ``data``.
public struct DataSourceResult: PluginResult, Hashable {
    /// Data sources answer so.
    public static var kind: FunctionSignature.Kind { .dataSource }

    /// Whether it succeeded.
    public var success: Bool
    /// What was found; an object.
    public var data: PluginValue
    /// What is said besides, such as source and version.
    public var metadata: PluginValue?
    /// Why it did not succeed.
    public var error: String?
    /// Whether it comes from the cache; whoever has the cache fills it in.
    public var cached: Bool
    /// Milliseconds since 1970 at which the cached answer expires; whoever has the cache fills it in.
    public var cacheExpires: Int64?

    /// Makes a result.
    public init(
        success: Bool = true, data: PluginValue = [:], metadata: PluginValue? = nil,
        error: String? = nil, cached: Bool = false, cacheExpires: Int64? = nil
    ) {
        self.success = success
        self.data = data
        self.metadata = metadata
        self.error = error
        self.cached = cached
        self.cacheExpires = cacheExpires
    }

    /// The result that an answer stands for; it says nothing of caches.
    public init(_ answer: FunctionAnswer) {
        self.init(
            success: answer.isSuccess, data: answer.value, metadata: answer.metadata,
            error: answer.error)
    }

    /// Success, data, metadata and error.
    public var answer: FunctionAnswer {
        FunctionAnswer(isSuccess: success, value: data, metadata: metadata, error: error)
    }

    /// Reads `success`, `data`, `metadata`, `error`, `cached`, `cache_expires`.
    public init(wire: PluginValue) throws(ArgumentMismatch) {
        success = try wire.read("success")
        data = try wire.readObject("data")
        metadata = try wire.read("metadata")
        error = try wire.read("error")
        cached = try wire.read("cached", default: false)
        cacheExpires = try wire.readTime("cache_expires")
    }

    /// The result with the names of the plugin guide; `cache_expires` as RFC 3339.
    public var pluginValue: PluginValue {
        [
            "success": .boolean(success), "data": data, "metadata": metadata,
            "error": error.pluginValue, "cached": .boolean(cached),
            "cache_expires": cacheExpires.flatMap(PluginValue.time),
        ]
    }
}
