#if FUZZING
    /// libFuzzer's loop; it calls back for each input that it makes up.
    @_silgen_name("LLVMFuzzerRunDriver")
    private func runFuzzer(
        _ count: UnsafeMutablePointer<CInt>,
        _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
        _ input: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
    ) -> CInt

    /// The program as `scripts/fuzz` builds it. It has this name because the package manager asks for
    /// it in place of `main`, and libFuzzer's own `main` would not be linked.
    @_cdecl("arka_rulefuzz_main")
    public func fuzzMain(
        _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    ) -> CInt {
        var count = count
        var arguments = arguments
        return runFuzzer(&count, &arguments) { start, count in
            // SAFETY: libFuzzer hands over `count` readable bytes for the time of the call.
            fuzzRules(Array(UnsafeBufferPointer(start: start, count: count)))
            return 0
        }
    }
#else
    import ArkaSystem

    /// Runs inputs given as files, such as one that libFuzzer kept because it crashed.
    @main
    enum Entry {
        static func main() throws {
            for path in CommandLine.arguments.dropFirst() {
                fuzzRules(try readFile(path, limit: 16 << 20))
            }
        }
    }
#endif
