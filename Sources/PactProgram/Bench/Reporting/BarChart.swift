/// Horizontal bars in groups, as inline SVG: one group per scenario and guarantee, one bar per side.
struct BarChart {
    /// What stands above the chart, unit included.
    let title: String
    /// The groups from top to bottom.
    let groups: [Group]
    /// Decimals of the numbers beside the bars.
    let decimals: Int

    /// Bars that are compared with each other.
    struct Group {
        let name: String
        /// A bar per side, the engine's first; `nil` where a side did not run.
        let values: [Double?]
    }

    private static let barHeight = 14
    private static let groupGap = 12
    private static let nameWidth = 210
    private static let barWidthMax = 380
    private static let width = 720

    /// The element; it needs no script and no style but the page's classes `engine` and `floor`.
    var svg: String {
        let most = groups.flatMap(\.values).compactMap { $0 }.max() ?? 0
        var body = ""
        var y = 0
        for group in groups {
            let height = Self.barHeight * group.values.count
            body += text(group.name, x: 0, y: y + height / 2 + 4)
            for (side, value) in group.values.enumerated() {
                if let value {
                    body += bar(value, of: most, side: side, y: y + side * Self.barHeight)
                }
            }
            y += height + Self.groupGap
        }
        return "<svg role=\"img\" viewBox=\"0 0 \(Self.width) \(max(y, 1))\">"
            + "<title>\(escapedHTML(title))</title>\(body)</svg>"
    }

    private func bar(_ value: Double, of most: Double, side: Int, y: Int) -> String {
        let width = most > 0 ? Int((value / most * Double(Self.barWidthMax)).rounded()) : 0
        let name = side == 0 ? "engine" : "floor"
        let rectangle =
            "<rect class=\"\(name)\" x=\"\(Self.nameWidth)\" y=\"\(y)\" width=\"\(width)\" "
            + "height=\"\(Self.barHeight - 2)\"/>"
        let end = Self.nameWidth + width + 6
        return rectangle + text("\(fixedText(value, decimals)) \(name)", x: end, y: y + 10)
    }

    private func text(_ text: String, x: Int, y: Int) -> String {
        "<text x=\"\(x)\" y=\"\(y)\">\(escapedHTML(text))</text>"
    }
}

/// A text such that a browser shows it as it is, in content and in quoted attributes.
func escapedHTML(_ text: String) -> String {
    var escaped = ""
    for character in text.unicodeScalars {
        switch character {
        case "&": escaped += "&amp;"
        case "<": escaped += "&lt;"
        case ">": escaped += "&gt;"
        case "\"": escaped += "&quot;"
        case "'": escaped += "&#39;"
        default: escaped.unicodeScalars.append(character)
        }
    }
    return escaped
}
