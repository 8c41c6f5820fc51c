/// The bounds of this target.
enum CallLimits {}
