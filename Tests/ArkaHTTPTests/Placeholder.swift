import Testing

struct ArkaHTTPPlaceholder {}
