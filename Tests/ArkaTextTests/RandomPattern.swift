/// Makes patterns at random, most of them legal, and texts that have a chance to match.
struct RandomPattern {
    var random: Seeded
    /// The last pattern.
    private(set) var source: [UInt8] = []
    /// A text for each element of the last pattern, mostly one that matches it.
    private var samples: [[UInt8]] = []

    init(_ seed: UInt64) { random = Seeded(seed) }

    private static let characters = [
        "a", "b", "ab", "Z", "0", "9", "-", "_", " ", "]", "}", ",", "é", "€", "😀", "\u{FFFD}",
        "\n",
        "\0", "\u{7F}", "Q", "E", ":",
    ]
    private static let escapes = [
        (#"\."#, "."), (#"\-"#, "-"), (#"\/"#, "/"), (#"\]"#, "]"), (#"\\"#, #"\"#), (#"\_"#, "_"),
        (#"\$"#, "$"), (#"\{"#, "{"), (#"\Qa.b\E"#, "a.b"), (#"\Q\\E"#, #"\"#), (#"\Q\E"#, ""),
        (#"\Qé€\E"#, "é€"), (#"\x41"#, "A"), (#"\t"#, "\t"), (#"\b"#, ""), (#"\pL"#, "é"),
        (#"\D"#, "é"), (#"\W"#, "é"), (#"\S"#, "é"), (#"\A"#, ""), (#"\z"#, ""), (#"\60"#, "0"),
    ]
    private static let classes = [
        ("[0-9]", "5"), ("[A-Z]", "Q"), (#"\d"#, "0"), (#"\w"#, "_"), (#"\s"#, "\n"),
        (#"\s"#, "\u{B}"),
        ("[.]", "."), (#"[\d]"#, "7"), (#"[\d-]"#, "-"), ("[-a]", "-"), ("[a-]", "a"),
        (#"[\]x]"#, "]"), ("[^0-9]", "é"), ("[é]", "é"), ("[a-é]", "z"), ("[[:alpha:]]", "a"),
        (".", "é"), (".", "\n"), ("[]a]", "]"), (#"[a\-z]"#, "-"), ("[+--]", ","), ("[ -~]", "~"),
        (#"[\w.]"#, "."), ("[a-c-e]", "-"), ("[^]", "]"), (#"[\x41]"#, "A"), ("[a^]", "^"),
        (#"[\s\d]"#, "\r"), ("[$.*]", "*"), ("[[]", "["), ("[a[]", "["),
    ]
    private static let repetitions = [
        "{0}", "{1}", "{2}", "{2}", "{3}", "{3}", "{02}", "{1,2}", "{2,}", "*", "+", "?", "*?",
        "{2}?",
        "{2}{2}", "{,2}", "{", "{2", "{x}",
    ]

    /// Makes another pattern.
    mutating func make() {
        source = []
        samples = []
        if random.oneIn(8) {
            source += utf8(random.pick([".*", ".*?", "(?i)", "(?m)", "(?s)", ".+"]))
        }
        if random.oneIn(2) { source += utf8(random.pick(["^", "^", "^", #"\A"#, "^^", "^*"])) }
        for _ in 0..<random.below(5) { addElement() }
        if random.oneIn(8) { source += utf8(random.pick([".*", ".*?", "|", "|b", "^", ".+"])) }
        if random.oneIn(2) { source += utf8(random.pick(["$", "$", "$", #"\z"#, "$$", "$*"])) }
    }

    private mutating func addElement() {
        let (element, sample) = element()
        var count = 1
        source += element
        if random.oneIn(4) {
            let repetition = random.pick(Self.repetitions)
            source += utf8(repetition)
            count = repetition == "{2}" ? 2 : repetition == "{3}" ? 3 : random.below(3)
        }
        for _ in 0..<count { samples.append(sample) }
    }

    private mutating func element() -> ([UInt8], [UInt8]) {
        switch random.below(8) {
        case 0, 1, 2:
            let character = utf8(random.pick(Self.characters))
            return (character, character)
        case 3:
            let (escape, sample) = random.pick(Self.escapes)
            return (utf8(escape), utf8(sample))
        case 4:
            // Members at random, for the order in which signs stand in a class.
            let members = (0...random.below(4)).map { _ in random.pick(utf8(#"ab-^\]d:[0z.é"#)) }
            return (utf8("[") + members + utf8("]"), [random.pick(members)])
        default:
            let (members, sample) = random.pick(Self.classes)
            return (utf8(members), utf8(sample))
        }
    }

    /// A text that the last pattern may match: its samples in order, now and then bent.
    mutating func text() -> [UInt8] {
        var text = Array(samples.joined())
        switch random.below(8) {
        case 0: text = []
        case 1: text += random.pick([utf8("x"), utf8("é"), [0xFF], utf8("\n"), utf8("a")])
        case 2: text = random.pick([utf8("x"), utf8("é"), [0xC3], utf8("\n"), utf8("a")]) + text
        case 3: if !text.isEmpty { text.remove(at: random.below(text.count)) }
        case 4: if !text.isEmpty { text[random.below(text.count)] = UInt8(random.below(256)) }
        case 5: text = utf8("x\n") + text + utf8("yé")
        default: break
        }
        return text
    }
}
