public import ArkaModel

/// A call that a transaction needs, with everything that it is given.
public struct CallRequest: Sendable, Hashable {
    /// An argument.
    public struct Argument: Sendable, Hashable {
        /// The parameter's name.
        public let name: String
        /// What it is given; the rules' own words only, no defaults of the function.
        public let value: RecordValue

        /// Makes an argument.
        public init(_ name: String, _ value: RecordValue) {
            self.name = name
            self.value = value
        }
    }

    /// What is called.
    public let function: FunctionSignature
    /// The arguments in the order of the parameters.
    public let arguments: [Argument]

    /// Makes a request.
    public init(_ function: FunctionSignature, _ arguments: [Argument]) {
        self.function = function
        self.arguments = arguments
    }
}
