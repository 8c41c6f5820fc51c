import Testing

struct PactPluginsPlaceholder {}
