import ArkaModel
import ArkaSystem

/// This process's place among those of its group on this machine, held while it lives.
///
/// The lowest free `<data_dir>/<group>/slot-N` is claimed by a lock that ends with the process. So a
/// process that was killed and starts again gets its old name, takes its partitions back at once and
/// fences its own ghost, and two processes on one machine never share a name.
final class InstanceSlot: Sendable {
    private let file: LockedFile
    /// What the file said when it was claimed.
    let record: SlotRecord

    /// The name of this process in its group.
    var instance: String { record.instance }
    /// The slot's file, for messages.
    var path: String { file.path }

    /// Claims a slot.
    /// - Parameters:
    ///   - folder: The data folder; made if it is missing.
    ///   - instance: The configured name; its file is named after it. `nil` for the slot's own.
    ///   - makeName: Makes a name for a slot that is used for the first time.
    /// - Throws: ``KafkaError``: `instanceTaken`, `unusableDataDirectory`.
    init(
        in folder: String, group: String, instance: String?, makeName: () -> String
    ) throws(KafkaError) {
        let path = folder + "/" + safeFileName(group, digest: SHA256.digest(of:))
        do {
            try makeDirectories(path)
            file = try Self.claim(in: path, instance: instance)
            let written = SlotRecord(String(decoding: try file.contents(), as: UTF8.self))
            record = written ?? SlotRecord(instance: instance ?? makeName())
            if written == nil { try file.replaceContents(Array(record.text.utf8)) }
        } catch let error as SystemError {
            throw KafkaError(.unusableDataDirectory, error.subject, error.reason)
        } catch let error as KafkaError {
            throw error
        } catch {
            throw KafkaError(.unusableDataDirectory, path, "\(error)")
        }
    }

    private static func claim(in path: String, instance: String?) throws -> LockedFile {
        if let instance {
            let name = "instance-" + safeFileName(instance, digest: SHA256.digest(of:))
            if let file = try LockedFile.claim(path + "/" + name) { return file }
            throw KafkaError(
                .instanceTaken, "instance_id \(instance)",
                "another process of the group on this machine has it")
        }
        for slot in 0..<KafkaLimits.slotsMax {
            if let file = try LockedFile.claim("\(path)/slot-\(slot)") { return file }
        }
        throw KafkaError(
            .unusableDataDirectory, path, "all \(KafkaLimits.slotsMax) slots are taken")
    }

    /// Writes down how many lane ids may be in use from now on.
    /// - Throws: ``KafkaError`` (`unusableDataDirectory`).
    func write(_ record: SlotRecord) throws(KafkaError) {
        do {
            try file.replaceContents(Array(record.text.utf8))
        } catch {
            throw KafkaError(.unusableDataDirectory, error.subject, error.reason)
        }
    }

    /// A random name: 16 hex digits, so that two machines that share a group do not meet.
    static func randomName() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
