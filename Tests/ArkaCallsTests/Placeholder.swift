import Testing

struct ArkaCallsPlaceholder {}
