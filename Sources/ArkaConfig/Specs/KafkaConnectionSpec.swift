public import ArkaModel

/// How to reach Kafka: brokers, and librdkafka properties passed through.
public struct KafkaConnectionSpec: Sendable, Hashable {
    /// `host:port` of brokers to ask first; empty where no document names one. `eval` needs none.
    public var bootstrap: [String]
    /// librdkafka properties by name, as the user gave them. None of ``refusedKafkaProperties``.
    public var properties: [String: String]
    /// Names in `properties` whose values must never be printed: passwords, keys, and whatever came
    /// from the environment.
    public var secretProperties: Set<String>
    /// Where each property is named, so that librdkafka's refusal can point there. Secrets are
    /// blotted out of these texts.
    public var propertyPlaces: [String: SourcePlace]
    /// Where `bootstrap` stands, if a document gives it.
    public var bootstrapPlace: SourcePlace?

    /// Makes a connection; without arguments nothing is known yet.
    public init(
        bootstrap: [String] = [], properties: [String: String] = [:],
        secretProperties: Set<String> = [], propertyPlaces: [String: SourcePlace] = [:],
        bootstrapPlace: SourcePlace? = nil
    ) {
        self.bootstrap = bootstrap
        self.properties = properties
        self.secretProperties = secretProperties
        self.propertyPlaces = propertyPlaces
        self.bootstrapPlace = bootstrapPlace
    }

    /// The connection that a process uses: the topology's, with the engine document's word on top.
    ///
    /// An engine document belongs to a place (this cluster, this machine), a topology travels; so the
    /// engine's brokers replace the topology's, and its properties win one by one.
    public func overridden(by engine: KafkaConnectionSpec) -> KafkaConnectionSpec {
        var result = self
        if !engine.bootstrap.isEmpty {
            result.bootstrap = engine.bootstrap
            result.bootstrapPlace = engine.bootstrapPlace
        }
        for (name, value) in engine.properties {
            result.properties[name] = value
            result.propertyPlaces[name] = engine.propertyPlaces[name]
            result.secretProperties.remove(name)
        }
        result.secretProperties.formUnion(engine.secretProperties)
        return result
    }
}

extension KafkaConnectionSpec {
    /// Tells a redactor the values of properties that are never printed.
    public func addSecrets(to redactor: SecretRedactor) {
        for name in secretProperties { properties[name].map { redactor.add($0) } }
    }
}
