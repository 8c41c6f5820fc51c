/// How a topology reads its records: schema, roots and the paths with a meaning to the engine.
public struct RecordLayout: Sendable, Hashable {
    /// What records must look like; `.any` without a schema.
    public var schema: RecordSchema
    /// The names rules start a path with, and where in the record each of them begins.
    public var roots: [Root]
    /// Where the transaction's id is (default `$.id`).
    public var idPath: [String]
    /// Where the event time is; `nil` takes the Kafka timestamp.
    public var eventTimePath: [String]?

    /// A name that rules use for a place in the record.
    public struct Root: Sendable, Hashable {
        /// The word in rules, such as `customer`.
        public var name: String
        /// Property names from the top of the record; empty for the record itself.
        public var path: [String]

        /// Makes a root.
        public init(name: String, path: [String]) {
            self.name = name
            self.path = path
        }
    }

    /// Makes a layout; the defaults are those of the configuration reference.
    public init(
        schema: RecordSchema = .any,
        roots: [Root] = [
            Root(name: "transaction", path: []), Root(name: "customer", path: ["customer"]),
        ],
        idPath: [String] = ["id"], eventTimePath: [String]? = nil
    ) {
        self.schema = schema
        self.roots = roots
        self.idPath = idPath
        self.eventTimePath = eventTimePath
    }
}
