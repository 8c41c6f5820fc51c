import CKernels

/// A set of vector instructions that the inner loops exist for. Results never depend on it.
public enum KernelPath: Int32, Sendable, Hashable, CaseIterable {
    /// Plain C.
    case portable
    /// AVX2 and carry-less multiplication.
    case avx2
    /// AVX-512 with the VBMI2 extension.
    case avx512

    /// The fastest that this machine can run.
    public static var best: KernelPath { KernelPath(rawValue: arka_best_path()) ?? .portable }

    /// The paths that this machine can run, slowest first.
    public static var available: [KernelPath] { allCases.filter { $0.rawValue <= best.rawValue } }
}
