import Testing

@testable import ArkaTelemetry

@Suite struct LogQueueTests {
    @Test func `only the first line after an empty batch wakes the writer`() {
        var queue = LogQueue(byteLimit: 100)
        #expect(queue.append([1]) == .taken)
        #expect(queue.take().bytes == [1])
        #expect(queue.append([2]) == .taken)
        #expect(queue.take().lineCount == 1)
        #expect(queue.take().isEmpty)
        #expect(queue.append([3]) == .takenWhileWriterWaits)
        #expect(queue.append([4]) == .taken)
        #expect(queue.take().bytes == [3, 4])
    }

    @Test func `a line that does not fit is counted, and the next batch says so once`() {
        var queue = LogQueue(byteLimit: 3)
        #expect(queue.append([1, 2]) == .taken)
        #expect(queue.append([3, 4]) == .dropped)
        #expect(queue.append([5]) == .taken)
        let batch = queue.take()
        #expect(batch.bytes == [1, 2, 5] && batch.lineCount == 2 && batch.droppedCount == 1)
        #expect(queue.take().isEmpty)
        #expect(queue.append([6, 7, 8]) == .takenWhileWriterWaits)
    }

    @Test
    func `a closed queue gives out what waits, refuses the rest, and says that it is the last`() {
        var queue = LogQueue(byteLimit: 3)
        #expect(queue.append([1]) == .taken)
        queue.close()
        #expect(queue.append([2]) == .dropped)
        let batch = queue.take()
        #expect(batch.isLast && batch.bytes == [1] && batch.droppedCount == 1)
    }
}
