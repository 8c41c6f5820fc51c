import Testing

struct PactTestingPlaceholder {}
