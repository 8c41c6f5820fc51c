import Testing

@testable import ArkaAdmin

@Suite struct ConnectionClocksTests {
    private var clocks = ConnectionClocks(head: .seconds(10), answer: .seconds(30))

    @Test mutating func `the head is due after opening and after each answer`() {
        clocks.opened(5, at: .zero)
        #expect(clocks.overdue(at: .seconds(10)) == [])
        #expect(clocks.overdue(at: .seconds(11)) == [5])
        clocks.headArrived(5, at: .seconds(9))
        #expect(clocks.overdue(at: .seconds(39)) == [])
        #expect(clocks.overdue(at: .seconds(40)) == [5])
        clocks.completed(5, at: .seconds(20))
        #expect(clocks.overdue(at: .seconds(30)) == [])
        #expect(clocks.overdue(at: .seconds(31)) == [5])
    }

    @Test mutating func `only answers under way hold up a stop`() {
        clocks.opened(5, at: .zero)
        #expect(clocks.answering.isEmpty)
        clocks.headArrived(5, at: .zero)
        #expect(clocks.answering == [5])
        clocks.completed(5, at: .zero)
        #expect(clocks.answering.isEmpty)
    }

    @Test mutating func `a closed connection is forgotten, also if its answer ends later`() {
        clocks.opened(5, at: .zero)
        clocks.headArrived(5, at: .zero)
        clocks.closed(5)
        clocks.completed(5, at: .zero)
        #expect(clocks.overdue(at: .seconds(1000)) == [])
        #expect(clocks.answering.isEmpty)
    }
}
