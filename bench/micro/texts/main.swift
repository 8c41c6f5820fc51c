import ArkaModel
import ArkaText
import Glibc

/// Measures what lists and patterns cost: `arka-textbench [ENTRIES]`, 1,000,000 by default.
///
/// Times are CPU time of the process, the best of five rounds. Entries look like payment references
/// and amounts; what is looked up comes in an order that caches cannot guess.
let entryCount = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000_000

/// How often a list is asked in each round.
let lookupCount = 1_000_000

/// CPU seconds that the process has used.
func cpuSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The least CPU time of some rounds.
func best(of rounds: Int = 5, _ body: () -> Void) -> Double {
    (0..<rounds).map { _ in
        let start = cpuSeconds()
        body()
        return cpuSeconds() - start
    }.min() ?? 0
}

/// What a figure is of, and how much it is.
func show(_ name: String, _ value: Double, _ unit: String) {
    let padded = name + String(repeating: " ", count: max(1, 44 - name.count))
    let tenths = Int((value * 10).rounded())
    print("\(padded)\(tenths / 10).\(tenths % 10) \(unit)")
}

/// Nanoseconds for one of some calls.
func showEach(_ name: String, _ seconds: Double, of count: Int) {
    show(name, seconds / Double(count) * 1e9, "ns")
}

/// Numbers that look random and repeat.
struct Scatter {
    private var state: UInt64 = 42

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 11
    }
}

/// Texts one after the other in one buffer, as a batch's arena holds them.
struct Texts {
    private(set) var bytes: [UInt8] = []
    private var ends = [0]
    var count: Int { ends.count - 1 }

    mutating func append(_ text: String) {
        bytes += Array(text.utf8)
        ends.append(bytes.count)
    }

    /// How many of the texts pass a test.
    func count(where test: (UnsafeBufferPointer<UInt8>) -> Bool) -> Int {
        bytes.withUnsafeBufferPointer { bytes in
            var passed = 0
            for index in 0..<count {
                let text = UnsafeBufferPointer(rebasing: bytes[ends[index]..<ends[index + 1]])
                if test(text) { passed += 1 }
            }
            return passed
        }
    }
}

func measureTexts() {
    // Every second number is in the list.
    func reference(_ number: Int) -> String { "REF-\(number)-\(number / 2 % 97)" }
    var file: [UInt8] = []
    for number in 0..<entryCount { file += Array("\(reference(number * 2))\n".utf8) }
    let source = SourceText(name: "texts", utf8: file)
    var list = TextList([])
    let loading = best(of: 3) { list = ListFile(source).texts().list ?? list }
    show("\(list.count) texts from a file", loading * 1_000, "ms")
    for isListed in [true, false] {
        var random = Scatter()
        var wanted = Texts()
        for _ in 0..<lookupCount {
            let number = Int(random.next() % UInt64(max(1, entryCount)))
            wanted.append(reference(number * 2 + (isListed ? 0 : 1)))
        }
        var found = 0
        let looking = best { found = wanted.count { list.contains($0) } }
        precondition(found == (isListed ? lookupCount : 0))
        showEach("a text that is \(isListed ? "listed" : "not listed")", looking, of: lookupCount)
    }
}

func measureNumbers() {
    func amount(_ number: Int) -> Int64 {
        Int64(number) * 1_000_000 + Int64(number / 2 % 97) * 10_000
    }
    var file: [UInt8] = []
    for number in 0..<entryCount {
        file += Array("\(ExactDecimal(fast: amount(number * 2)))\n".utf8)
    }
    let source = SourceText(name: "numbers", utf8: file)
    var list = NumberList([])
    let loading = best(of: 3) { list = ListFile(source).numbers().list ?? list }
    show("\(list.count) numbers from a file", loading * 1_000, "ms")
    for isListed in [true, false] {
        var random = Scatter()
        let wanted = (0..<lookupCount).map { _ in
            let number = Int(random.next() % UInt64(max(1, entryCount)))
            return ExactDecimal(fast: amount(number * 2 + (isListed ? 0 : 1)))
        }
        var found = 0
        let looking = best { found = wanted.count { list.contains($0) } }
        precondition(found == (isListed ? lookupCount : 0))
        showEach("a number that is \(isListed ? "listed" : "not listed")", looking, of: lookupCount)
    }
}

func measurePattern(_ source: String, _ texts: Texts) {
    guard let pattern = try? TextPattern(Array(source.utf8)) else { return }
    var found = 0
    let seconds = best {
        found = 0
        for _ in 0..<1_000 { found += texts.count { pattern.matches($0) } }
    }
    let kind = "\(pattern.shape)".prefix { $0 != "(" }
    let share = found * 100 / (texts.count * 1_000)
    showEach("\(source) (\(kind), \(share) %)", seconds, of: texts.count * 1_000)
}

measureTexts()
measureNumbers()
var texts = Texts()
for number in 0..<64 {
    texts.append("DE\(number % 90 + 10)370400440532013000")
    texts.append("4\(100_000 + number * 7_919)1111111")
    texts.append("payments@shop\(number).example.com")
    texts.append("Invoice \(number) for Muster GmbH, thank you")
}
for pattern in [
    "^DE89370400440532013000$", "^DE", "example.com$", "GmbH", "^[A-Z]{2}[0-9]{2}", "^[45][0-9]{5}",
    #"^\d{14}$"#, "(?i)gmbh", "^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$", #"@[a-z0-9.]+\.com$"#, "(a+)+$",
] {
    measurePattern(pattern, texts)
}
