import CSystem

/// Sees to it that this process leaves no core dump, whatever the machine's `core_pattern` is, and that
/// no other process of this user can read its memory: what holds secrets must not end up in a file. Debuggers
/// cannot attach then, except those of root.
/// - Returns: Whether the system has done so.
public func forbidCoreDumps() -> Bool { arka_forbid_core_dumps() == 0 }

/// Whether this process could leave a core dump.
public var mayDumpCore: Bool { arka_may_dump_core() != 0 }
