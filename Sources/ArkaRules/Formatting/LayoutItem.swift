import ArkaModel

/// A token, or the end of the file, with the line ends and comments in front of it.
struct LayoutItem {
    /// A comment in front of a token.
    struct Comment {
        /// From its slashes to its last character that is not a blank.
        let range: SourceRange
        /// What parts it from the token or comment before it; without a line end it trails that.
        var lineBreak: LineBreak
    }

    /// What the token is to the layout.
    let role: LayoutRole
    /// The token's bytes.
    let range: SourceRange
    /// The comments in front of it, in their order.
    var comments: [Comment] = []
    /// What parts the token from the last comment, or from the token before where there is none.
    var lineBreak: LineBreak = .none

    /// Whether a comment stands behind the token before, on its line.
    var hasTrailingComment: Bool { comments.first?.lineBreak == LineBreak.none }

    /// The line break in front of a comment or, where the index is their number, of the token.
    subscript(index: Int) -> LineBreak {
        get { index < comments.count ? comments[index].lineBreak : lineBreak }
        set {
            if index < comments.count {
                comments[index].lineBreak = newValue
            } else {
                lineBreak = newValue
            }
        }
    }
}

/// How one thing is parted from what stands before it.
enum LineBreak: Comparable {
    /// It stands on the same line.
    case none
    /// It starts the next line.
    case line
    /// It starts a line behind an empty one. Any number of empty lines counts as one.
    case emptyLine

    /// One line end more.
    var next: LineBreak { self == .none ? .line : .emptyLine }
}
