/// The bounds of this target.
public enum EngineLimits {
    /// Bytes of a topology, schema or rule file. The largest rule book measured has 3 MB.
    public static let documentBytes = 32 << 20
    /// Bytes of a payload that a dead letter carries; the rest is named by length and digest.
    public static let deadLetterPayloadBytes = 64 << 10
    /// Dead letters that `eval` shows by themselves where no file takes them.
    public static let deadLettersShown = 10
    /// How often plugins are asked how they are.
    public static let healthInterval = Duration.seconds(10)
    /// Characters of what a plugin says of its health that are shown.
    public static let healthTextMax = 512
    /// How long lanes may have stopped reading for a function before the process is not ready any more:
    /// as long as a partition may stand still.
    public static let readingStopsAfter = Duration.seconds(5)
    /// How long calls have to come back, once they have been cancelled, before plugins are shut down.
    public static let callsEnd = Duration.seconds(5)
    /// How long a plugin's `shutdown` may take.
    public static let pluginShutdown = Duration.seconds(10)
}
