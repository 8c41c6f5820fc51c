/// Decides where lines end. The author's line ends stay, except where the shape of a rule says
/// otherwise.
struct LineBreaks {
    private var previous: LayoutRole?
    private var beforePrevious: LayoutRole?
    /// Blocks open in front of the next item.
    private var depth = 0

    /// The item with the line breaks that are to be written. Those in front of the first token or
    /// comment of a file mean nothing.
    mutating func settled(_ item: LayoutItem) -> LayoutItem {
        var item = item
        settleToken(&item)
        removeEmptyLines(&item)
        if previous == nil { item[0] = .line }
        if previous == .blockClosing, depth == 0 { partFromRuleAbove(&item) }
        if item.role == .declaration { partFromAbove(&item) }
        move(behind: item.role)
        return item
    }

    private mutating func move(behind role: LayoutRole) {
        if role == .blockOpening { depth += 1 }
        if role == .blockClosing { depth = max(0, depth - 1) }
        beforePrevious = previous
        previous = role
    }

    /// Braces end lines, rules start them; heads of rules, blocks and `let`s stay on one.
    private func settleToken(_ item: inout LayoutItem) {
        if endsLine(before: item.role) {
            item.lineBreak = max(item.lineBreak, .line)
        } else if staysOnLine(item.role), item.comments.isEmpty {
            item.lineBreak = .none
        }
    }

    private func endsLine(before role: LayoutRole) -> Bool {
        previous == .blockOpening || previous == .blockClosing || role == .blockClosing
            || role == .declaration
    }

    private func staysOnLine(_ role: LayoutRole) -> Bool {
        switch role {
        case .blockOpening, .assign: true
        case .opening(.attached) where beforePrevious == .declaration: true
        default: previous == .declaration || previous == .keyword
        }
    }

    /// Nothing is set off from the brackets around it.
    private func removeEmptyLines(_ item: inout LayoutItem) {
        if previous?.isOpening == true { item[0] = min(item[0], .line) }
        if item.role.isClosing { item.lineBreak = min(item.lineBreak, .line) }
    }

    /// An empty line follows each rule, behind the comment that trails it.
    private func partFromRuleAbove(_ item: inout LayoutItem) {
        item[item.hasTrailingComment ? 1 : 0] = .emptyLine
    }

    /// An empty line precedes each rule, in front of the comments that lie upon it.
    private func partFromAbove(_ item: inout LayoutItem) {
        var top = item.comments.count
        while top > 0, item[top] == .line, item[top - 1] != .none { top -= 1 }
        item[top] = .emptyLine
    }
}
