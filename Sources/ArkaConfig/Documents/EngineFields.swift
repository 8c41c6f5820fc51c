public import ArkaDocuments

/// `kind: Engine`: how a process runs.
public let engineDocument = DocumentKind(
    "Engine", "How a process runs, whatever it decides.", spec: engineSection)

private let engineSection = Section(
    EngineSpec(), memberFields + timeoutFields + boundFields + surroundingFields)

/// Who the process is in its group.
private let memberFields: [Field<EngineSpec>] =
    [
        Field(
            "instance_id",
            .text("letters, digits, '.', '_' and '-', at most 64") { name in
                isKafkaName(name) && name.utf8.count <= 64
            },
            into: \.instanceID, absence: "a random one, kept in the slot file",
            example: "fraud-eu-1",
            """
            Name of this instance in its consumer group. Two processes that run at the same time must \
            not share it.
            """),
        Field(
            "data_dir", .text("a path"), into: \.dataDirectory, example: "/var/lib/arka",
            "Where slot files are kept, on a local disk; relative to the working directory."),
        Field(
            "lanes", .integer(1...256), into: \.laneCount, absence: "one per core",
            example: "4", "Lane threads. Each owns some of the process's partitions."),
        Field(
            "membership", .choice, into: \.membership,
            """
            `static`: a process that ends keeps its partitions until it is back or the session times \
            out, right for restarts. `dynamic`: it leaves at close, right for autoscaling.
            """),
    ]

/// How long it waits.
private let timeoutFields: [Field<EngineSpec>] =
    [
        Field(
            "session_timeout", .duration(.seconds(1) ... .seconds(1_800)), into: \.sessionTimeout,
            "How long the group waits for a silent member. Brokers allow 6s to 30m by default."),
        Field(
            "transaction_timeout", .duration(.seconds(2) ... .seconds(900)),
            into: \.transactionTimeout,
            """
            How long a broker keeps the open transaction of a process that is gone. Readers of \
            decisions wait that long after a crash.
            """),
        Field(
            "message_timeout", .duration(.milliseconds(500) ... .seconds(899)),
            into: \.messageTimeout,
            "How long a decision may wait for its acknowledgement; below `transaction_timeout`."),
        Field(
            "close_timeout", .duration(.seconds(1) ... .seconds(3_600)), into: \.closeTimeout,
            """
            How long an orderly stop may take; then the process ends with exit code 1. Kubernetes \
            kills after 30s.
            """),
    ]

/// How much it keeps in memory.
private let boundFields: [Field<EngineSpec>] =
    [
        Field(
            "max_rows_in_flight", .integer(256...(1 << 24)), into: \.rowsInFlightMax,
            "Records read and not yet decided and sent, per process. At the bound reading stops."),
        Field(
            "max_bytes_in_flight", .byteSize((1 << 20)...(1 << 36)), into: \.bytesInFlightMax,
            "The same in bytes."),
        Field(
            "fetch_memory", .byteSize((1 << 20)...(1 << 32)), into: \.fetchMemoryBytes,
            "Memory for records fetched ahead, per process."),
    ]

/// What it is joined to.
private let surroundingFields: [Field<EngineSpec>] =
    [
        Field("admin", .section(adminSection), into: \.admin, "The server for metrics and health."),
        Field("log", .section(logSection), into: \.log, "What is logged to standard error."),
        Field(
            "plugins", .section(pluginFoldersSection), into: \.plugins,
            "Where plugins lie that are not linked into the program."),
        Field(
            "kafka", .section(kafkaSection), into: \.kafka,
            "The connection of this place; it wins over the topology's."),
        Field(
            "secrets", .section(secretsSection), into: \.secrets,
            "Where the secrets of plugins come from."),
    ]

private let pluginFoldersSection = Section<PluginFoldersSpec>(
    PluginFoldersSpec(),
    [
        Field(
            "path", .list(of: .text("a directory"), countRange: 0...100), into: \.directories,
            example: "[/usr/lib/arka/plugins]",
            """
            Directories whose folders are plugins, each with its `plugin.yaml`; relative to the working \
            directory. `pact plugin` finds plugins there by their names.
            """)
    ])

private let adminSection = Section<AdminSpec>(
    AdminSpec(),
    [
        Field(
            "host", .text("an address or a name"), into: \.host,
            "The address to listen on. It serves without a password: keep it private."),
        Field(
            "port", .integer(0...65_535), into: \.port,
            "The first port to try; if taken, the next free one is used and logged. 0: no server."),
    ])

private let logSection = Section<LogSpec>(
    LogSpec(),
    [
        Field("level", .choice, into: \.level, "The least important level that is written."),
        Field(
            "format", .choice, into: \.format,
            "`auto`: text on a terminal, JSON lines otherwise."),
    ])
