import ArkaSystem

/// Lines that change in place on a terminal; elsewhere only their last state is written.
final class LiveScreen {
    private let stream: StandardStream
    private let isTerminal: Bool
    private var shownLines = 0

    /// Makes an empty screen.
    init(_ stream: StandardStream) {
        self.stream = stream
        isTerminal = stream.isTerminal
    }

    /// Shows these lines in the place of those shown before.
    func show(_ lines: [String], isLast: Bool) {
        guard isTerminal || isLast else { return }
        var text = ""
        if shownLines > 0 { text += "\u{1B}[\(shownLines)F" }
        for line in lines { text += line + (isTerminal ? "\u{1B}[K\n" : "\n") }
        // A shorter table than before leaves old lines below it.
        if isTerminal { text += "\u{1B}[J" }
        shownLines = lines.count
        stream.write(text)
    }
}
