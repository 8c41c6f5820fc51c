/// When each connection must have got on: a value, told the time.
///
/// libmicrohttpd's own timeout starts again with every byte, so a client that drips one byte now and
/// then would live for ever.
struct ConnectionClocks {
    private let head: Duration
    private let answer: Duration
    private var deadlines: [Int32: Duration] = [:]
    private(set) var answering: Set<Int32> = []

    init(head: Duration, answer: Duration) {
        self.head = head
        self.answer = answer
    }

    /// A connection was opened: its first head is due.
    mutating func opened(_ socket: Int32, at now: Duration) { deadlines[socket] = now + head }

    /// A head is complete: the answer must be taken now.
    mutating func headArrived(_ socket: Int32, at now: Duration) {
        deadlines[socket] = now + answer
        answering.insert(socket)
    }

    /// An answer has been taken, or given up: the next head is due.
    mutating func completed(_ socket: Int32, at now: Duration) {
        answering.remove(socket)
        if deadlines[socket] != nil { deadlines[socket] = now + head }
    }

    /// A connection is gone.
    mutating func closed(_ socket: Int32) {
        answering.remove(socket)
        deadlines[socket] = nil
    }

    /// The connections that are to be cut off.
    func overdue(at now: Duration) -> [Int32] {
        deadlines.filter { $0.value < now }.map(\.key).sorted()
    }
}
