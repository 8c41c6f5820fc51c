/// The bounds of this target.
enum HTTPLimits {}
