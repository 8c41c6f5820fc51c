public import ArkaModel

/// What an action answers.
public struct ActionResult: PluginResult, Hashable {
    /// Actions answer so.
    public static var kind: FunctionSignature.Kind { .action }

    /// Whether it succeeded, or was queued.
    public var success: Bool
    /// What there is to say; an object.
    public var data: PluginValue?
    /// Why it did not succeed.
    public var error: String?
    /// What to ask for later, of an action that was queued.
    public var asyncTaskID: String?

    /// Makes a result.
    public init(
        success: Bool = true, data: PluginValue? = nil, error: String? = nil,
        asyncTaskID: String? = nil
    ) {
        self.success = success
        self.data = data
        self.error = error
        self.asyncTaskID = asyncTaskID
    }

    /// The result that an answer stands for.
    public init(_ answer: FunctionAnswer) {
        self.init(
            success: answer.isSuccess, data: answer.value == [:] ? nil : answer.value,
            error: answer.error, asyncTaskID: answer.metadata?["async_task_id"]?.text)
    }

    /// Success, data and error; the task's id as metadata.
    public var answer: FunctionAnswer {
        FunctionAnswer(
            isSuccess: success, value: data ?? [:],
            metadata: asyncTaskID.map { ["async_task_id": .string($0)] }, error: error)
    }

    /// Reads `success`, `data`, `error`, `async_task_id`.
    public init(wire: PluginValue) throws(ArgumentMismatch) {
        success = try wire.read("success")
        data = try wire.read("data")
        error = try wire.read("error")
        asyncTaskID = try wire.read("async_task_id")
    }

    /// The result with the names of the plugin guide.
    public var pluginValue: PluginValue {
        [
            "success": .boolean(success), "data": data, "error": error.pluginValue,
            "async_task_id": asyncTaskID.pluginValue,
        ]
    }
}
