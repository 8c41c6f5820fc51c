public import ArkaConfig
public import ArkaKafka

extension KafkaSettings {
    /// Puts together what the topology asks for and how the engine document says to run it.
    public init(_ topology: TopologySpec, _ engine: EngineSpec) {
        let connection = topology.kafka.overridden(by: engine.kafka)
        self.init(
            bootstrap: connection.bootstrap, groupID: topology.source.group,
            sourceTopic: topology.source.topic, decisionsTopic: topology.decisionsTopic,
            deadLetterTopic: topology.deadLettersTopic, dataDirectory: engine.dataDirectory)
        auditTopic = topology.audit.topic
        guarantee = topology.guarantee == .exactlyOnce ? .exactlyOnce : .atLeastOnce
        start = StartPosition(topology.source.start)
        membership = engine.membership == .static ? .static : .dynamic
        instanceID = engine.instanceID
        properties = connection.properties
        secretProperties = connection.secretProperties
        sessionTimeout = engine.sessionTimeout
        transactionTimeout = engine.transactionTimeout
        messageTimeout = engine.messageTimeout
        prefetchKilobytes = max(1, engine.fetchMemoryBytes / 1024)
    }
}

extension KafkaSettings.StartPosition {
    fileprivate init(_ start: ArkaConfig.StartPosition) {
        switch start {
        case .earliest: self = .earliest
        case .latest: self = .latest
        case .timestamp(let milliseconds): self = .timestamp(milliseconds: milliseconds)
        }
    }
}
