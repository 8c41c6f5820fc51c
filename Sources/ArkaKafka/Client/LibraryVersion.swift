import CRdkafka

/// The version of librdkafka that the process runs with, and what it cannot do.
public struct LibraryVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Major, minor, revision and pre-release byte, as the library packs them: `0x02060100` is 2.6.1.
    let packed: Int32

    /// The version with these numbers.
    public init(_ major: Int, _ minor: Int, _ revision: Int = 0) {
        packed = Int32(major << 24 | minor << 16 | revision << 8)
    }

    private init(packed: Int32) { self.packed = packed }

    /// The library that is loaded.
    public static var loaded: LibraryVersion {
        // The lowest byte tells pre-releases apart (0xff is a release); no restriction depends on it.
        LibraryVersion(packed: rd_kafka_version() & ~0xFF)
    }

    /// The version as people write it.
    public var description: String {
        "\(packed >> 24).\(packed >> 16 & 0xFF).\(packed >> 8 & 0xFF)"
    }

    /// Orders by age.
    public static func < (a: LibraryVersion, b: LibraryVersion) -> Bool { a.packed < b.packed }

    /// Repeats the client's nonce in SCRAM, which Kafka 4 refuses (librdkafka issue 4895).
    public var breaksSCRAM: Bool { self < LibraryVersion(2, 6, 1) }
    /// Several defects of cooperative-sticky assignment, the last one fixed in 2.10.
    public var breaksCooperativeSticky: Bool { self < LibraryVersion(2, 10) }
    /// `rd_kafka_seek_partitions` takes microseconds where it says milliseconds.
    var seeksInMicroseconds: Bool { self < LibraryVersion(2, 1) }

    /// What this version cannot do, one sentence each, for `pact doctor`.
    public var limitations: [String] {
        var sentences: [String] = []
        if breaksSCRAM { sentences.append("SCRAM against Kafka 4 needs librdkafka 2.6.1") }
        if breaksCooperativeSticky {
            sentences.append("cooperative-sticky assignment needs librdkafka 2.10")
        }
        return sentences
    }
}
