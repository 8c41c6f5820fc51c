import ArkaDocuments
import ArkaModel
import ArkaResilience

/// The sandbox of a plugin as a document writes it: both spellings, each key where it is given.
struct SandboxDraft: Sendable {
    var networkAccess = NetworkAccess()
    var fileAccess = FileAccess()
    var network = Network()
    var filesystem = Filesystem()
    var resources = Resources()
    var syscalls = Syscalls()

    struct NetworkAccess: Sendable {
        var allowed: [HostRule]?
    }

    struct FileAccess: Sendable {
        var read: [PathRule]?
        var write: [PathRule]?
    }

    struct Network: Sendable {
        var isEnabled: Bool?
        var allowedHosts: [HostRule]?
        var deniedPorts: [Int]?
        var connectionsMax: Int?
        var timeout: Duration?
    }

    struct Filesystem: Sendable {
        var isEnabled: Bool?
        var readPaths: [PathRule]?
        var writePaths: [PathRule]?
        var fileBytesMax: Int?
    }

    struct Resources: Sendable {
        var milliCPU: Int?
        var memoryBytes: Int?
        var callTime: Duration?
    }

    struct Syscalls: Sendable {
        var allowed: [String]?
        var denied: [String]?
    }
}

/// The section `sandbox`.
let sandboxSection = Section<SandboxDraft>(
    SandboxDraft(),
    [
        Field(
            "networkAccess",
            .section(
                Section(
                    SandboxDraft.NetworkAccess(),
                    [
                        Field(
                            "allowed", hosts, into: \.allowed, absence: "no bound",
                            example: "[api.sanctions-provider.com]",
                            "The hosts that it may reach; `[]` for none.")
                    ])),
            into: \.networkAccess, "The short form of `network`. Where both stand, both count."),
        Field(
            "fileAccess",
            .section(
                Section(
                    SandboxDraft.FileAccess(),
                    [
                        Field(
                            "read", paths, into: \.read, absence: "no bound",
                            example: "[/data/sanctions-cache]",
                            "Files and directories that it may read; `[]` for none."),
                        Field(
                            "write", paths, into: \.write, absence: "no bound", example: "[]",
                            "Files and directories that it may write; `[]` for none."),
                    ])),
            into: \.fileAccess, "The short form of `filesystem`. Where both stand, both count."),
        Field(
            "network", .section(networkSection), into: \.network,
            "What it may reach over the network."),
        Field(
            "filesystem", .section(filesystemSection), into: \.filesystem,
            "What it may do with files."),
        Field(
            "resources", .section(limitsSection), into: \.resources,
            "How much it may use. Where `spec.resources` says something too, the smaller one counts."
        ),
        Field(
            "syscalls", .section(syscallsSection), into: \.syscalls,
            "Which system calls it may make."),
    ])

private let networkSection = Section<SandboxDraft.Network>(
    SandboxDraft.Network(),
    [
        Field(
            "enabled", .boolean, into: \.isEnabled, absence: "true", example: "true",
            "`false`: it reaches nothing."),
        Field(
            "allowedHosts", hosts, into: \.allowedHosts, absence: "no bound",
            example: "[api.trusted-service.com, \"*.internal.company.com\"]",
            "The hosts that it may reach: names, `*.` and a suffix, or addresses; `[]` for none."),
        Field(
            "deniedPorts", .list(of: .integer(1...65_535), countRange: 0...1_000),
            into: \.deniedPorts, absence: "none", example: "[22, 23]",
            "Ports that are denied on every host."),
        Field(
            "maxConnections", .integer(1...65_535), into: \.connectionsMax, absence: "no bound",
            example: "10", "Connections that may be open at once."),
        Field(
            "timeoutMs", milliseconds, into: \.timeout, absence: "no bound", example: "30000",
            "How long one request may take, in milliseconds."),
    ])

private let filesystemSection = Section<SandboxDraft.Filesystem>(
    SandboxDraft.Filesystem(),
    [
        Field(
            "enabled", .boolean, into: \.isEnabled, absence: "true", example: "true",
            "`false`: it reads and writes nothing."),
        Field(
            "readPaths", paths, into: \.readPaths, absence: "no bound",
            example: "[\"/data/plugins/${PLUGIN_NAME}\", /config/shared]",
            """
            Files and directories that it may read; `[]` for none. `${PLUGIN_NAME}` stands for \
            `metadata.name`.
            """),
        Field(
            "writePaths", paths, into: \.writePaths, absence: "no bound",
            example: "[\"/tmp/plugins/${PLUGIN_NAME}\"]",
            "Files and directories that it may write; `[]` for none."),
        Field(
            "maxFileSize", .byteSize(0...(1 << 40)), into: \.fileBytesMax, absence: "no bound",
            example: "10Mi", "The size of a file that it writes."),
    ])

private let limitsSection = Section<SandboxDraft.Resources>(
    SandboxDraft.Resources(),
    [
        Field(
            "maxCpu", .processors(SandboxLimits.milliCPU), into: \.milliCPU, absence: "no bound",
            example: "0.5", "Processors that it may use."),
        Field(
            "maxMemory", .byteSize(SandboxLimits.memoryBytes), into: \.memoryBytes,
            absence: "no bound", example: "256Mi", "Memory that it may use."),
        Field(
            "maxExecutionTime", .seconds(ResilienceLimits.timeoutRange), into: \.callTime,
            absence: "no bound", example: "30s", "How long one call may take."),
    ])

private let syscallsSection = Section<SandboxDraft.Syscalls>(
    SandboxDraft.Syscalls(),
    [
        Field(
            "allow", syscalls, into: \.allowed, absence: "all but the denied ones",
            example: "[read, write, open, close, socket, connect]",
            "System calls that it may make."),
        Field(
            "deny", syscalls, into: \.denied, absence: "none", example: "[fork, exec, ptrace]",
            "System calls that it may not make, whatever is allowed."),
    ])

/// The section `resources` of a plugin's configuration.
let resourcesSection = Section<SandboxDraft.Resources>(
    SandboxDraft.Resources(),
    [
        Field(
            "cpu", .processors(SandboxLimits.milliCPU), into: \.milliCPU, absence: "no bound",
            example: "100m", "Processors that it may use: `100m` is a tenth of one."),
        Field(
            "memory", .byteSize(SandboxLimits.memoryBytes), into: \.memoryBytes,
            absence: "no bound", example: "256Mi", "Memory that it may use."),
        Field(
            "timeout", .seconds(ResilienceLimits.timeoutRange), into: \.callTime,
            absence: "no bound", example: "30s",
            "How long one call may take; a function's own limit, if shorter, stays."),
    ])

/// What the bounds of a plugin may be.
enum SandboxLimits {
    static let milliCPU = 1...1_024_000
    static let memoryBytes = (1 << 20)...(1 << 44)
    /// Hosts, paths or names in one list.
    static let listMax = 1_000
}

/// A list of hosts.
let hosts = FieldType.list(of: host, countRange: 0...SandboxLimits.listMax)

let hostWords = "a host name, `*.` and a suffix, or an address, without scheme and port"

private let host = FieldType.text(hostWords).mapping(
    convert: { (text: String) throws(Expectation) in
        guard let rule = HostRule(text) else { throw Expectation(hostWords) }
        return rule
    }, restore: { $0.description })

private let pathWords = "an absolute path without '..'"

private let paths = FieldType.list(
    of: FieldType.text(pathWords).mapping(
        convert: { (text: String) throws(Expectation) in
            guard let rule = PathRule(text) else { throw Expectation(pathWords) }
            return rule
        }, restore: { $0.description }), countRange: 0...SandboxLimits.listMax)

private let milliseconds = FieldType.integer(1...86_400_000).mapping(
    convert: { (number: Int) throws(Expectation) in Duration.milliseconds(number) },
    restore: { _ in nil })

private let syscalls = FieldType.list(
    of: .text("the name of a system call") { name in
        name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        } && (1...64).contains(name.utf8.count)
    }, countRange: 0...SandboxLimits.listMax)
