/// The bounds of this target.
enum TestingLimits {}
