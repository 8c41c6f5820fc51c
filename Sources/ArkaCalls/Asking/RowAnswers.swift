import ArkaStream

/// What each row of the batch under evaluation was told so far.
///
/// One list for all rows, each entry pointing to the row's one before, so that a batch needs no
/// allocation once it has grown to the size of the traffic.
struct RowAnswers {
    private struct Entry {
        let answer: EarlierAnswer
        /// The row's answer before this one; -1 for none.
        let previous: Int
    }

    private var entries: [Entry] = []
    /// The last answer of each row; -1 for none.
    private var last: [Int] = []

    var isEmpty: Bool { entries.isEmpty }

    /// Forgets everything.
    mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
        last.removeAll(keepingCapacity: true)
    }

    mutating func add(_ row: Int, _ answer: EarlierAnswer) {
        while last.count <= row { last.append(-1) }
        entries.append(Entry(answer: answer, previous: last[row]))
        last[row] = entries.count - 1
    }

    /// A row's answers, oldest first.
    subscript(row: Int) -> [EarlierAnswer] {
        guard row < last.count else { return [] }
        var answers: [EarlierAnswer] = []
        var place = last[row]
        while place >= 0 {
            answers.append(entries[place].answer)
            place = entries[place].previous
        }
        return answers.reversed()
    }
}
