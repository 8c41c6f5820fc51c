/// The bounds of this target.
public enum EngineLimits {
    /// Bytes of a topology, schema or rule file. The largest rule book measured has 3 MB.
    public static let documentBytes = 32 << 20
    /// Bytes of a payload that a dead letter carries; the rest is named by length and digest.
    public static let deadLetterPayloadBytes = 64 << 10
    /// Dead letters that `eval` shows by themselves where no file takes them.
    public static let deadLettersShown = 10
}
