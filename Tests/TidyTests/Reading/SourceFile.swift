/// A Swift file: its text, and the same text without the contents of comments and strings.
struct SourceFile: CustomStringConvertible {
    /// From the project's root.
    let path: String
    let lines: [String]
    /// As many lines as `lines`; what is in comments and string literals is blank.
    let codeLines: [String]

    init(path: String, text: String) {
        self.path = path
        self.lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var scanner = CodeScanner(text)
        self.codeLines = scanner.code().split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
    }

    var description: String { path }

    /// The target that the file belongs to: `Sources/TARGET/…`.
    var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

    /// `path:line`, as editors open it.
    func place(_ index: Int) -> String { "\(path):\(index + 1)" }

    /// The places whose code matches a pattern.
    func places(of pattern: some RegexComponent) -> [String] {
        codeLines.indices.filter { codeLines[$0].contains(pattern) }
            .map { "\(place($0)): \(lines[$0].trimmingPrefix { $0 == " " })" }
    }
}
