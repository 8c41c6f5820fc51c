import Testing

/// A file holds one idea, and a function fits a screen.
@Suite struct LengthTests {
    private static let fileLinesMax = 600
    private static let fileLinesSoft = 400
    private static let functionLinesMax = 70

    @Test func `no file is longer than 600 lines`() throws {
        for path in ProjectTree.files(below: "Sources", endings: ["swift", "c", "h", "cpp"]) {
            let count = try ProjectTree.text(path).split(
                separator: "\n", omittingEmptySubsequences: false
            ).count
            #expect(count <= Self.fileLinesMax, "\(path)")
            if count > Self.fileLinesSoft {
                print("longer than \(Self.fileLinesSoft) lines: \(path) (\(count))")
            }
        }
    }

    @Test func `no function is longer than 70 lines`() throws {
        for file in try ProjectTree.swiftFiles(below: "Sources") {
            for function in FunctionFinder(file.codeLines).functions() {
                #expect(
                    function.lineCount <= Self.functionLinesMax,
                    "\(file.place(function.firstLine)): \(file.lines[function.firstLine])")
            }
        }
    }

    @Test func `functions are found with their length`() {
        let source = """
            protocol P {
                func a(_ body: () -> Void = {})
                var b: Int { get }
            }
            struct S {
                init() {
                    x = 1
                }
                func c<T>(
                    d: T, e: () -> Int = { 3 }
                ) -> Int where T: P {
                    if d { return 1 }
                    return 2
                }
            }
            """
        let lines = source.split(separator: "\n").map(String.init)
        let found = FunctionFinder(lines).functions()
        #expect(found.map(\.firstLine) == [5, 8])
        #expect(found.map(\.lineCount) == [3, 6])
    }
}
