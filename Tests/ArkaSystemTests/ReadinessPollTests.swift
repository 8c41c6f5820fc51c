import ArkaSystem
import Foundation
import Testing

@Suite(.timeLimit(.minutes(1))) struct ReadinessPollTests {
    private let poll: ReadinessPoll

    init() throws { poll = try ReadinessPoll() }

    @Test func `a raise is not lost, two count as one, and it is no descriptor`() throws {
        var ready: [ReadinessPoll.Ready] = []
        #expect(!poll.wait(atMost: .zero, into: &ready))
        poll.raise()
        poll.raise()
        #expect(poll.wait(atMost: nil, into: &ready))
        #expect(ready.isEmpty)
        #expect(!poll.wait(atMost: .zero, into: &ready))
    }

    @Test func `a descriptor is reported for what it is watched for, until it is forgotten`() throws
    {
        let pipe = Pipe()
        let (reading, writing) = (
            pipe.fileHandleForReading.fileDescriptor, pipe.fileHandleForWriting.fileDescriptor
        )
        var ready: [ReadinessPoll.Ready] = []
        #expect(poll.watch(reading, reading: true, writing: false))
        #expect(poll.watch(writing, reading: false, writing: true))
        #expect(!poll.wait(atMost: nil, into: &ready))
        #expect(ready.map(\.descriptor) == [writing])
        #expect(ready[0].isWritable && !ready[0].isReadable && !ready[0].hasFailed)
        // Watched for nothing any more, and changed in place.
        #expect(poll.watch(writing, reading: false, writing: false))
        try pipe.fileHandleForWriting.write(contentsOf: [1])
        #expect(!poll.wait(atMost: nil, into: &ready))
        #expect(ready.map(\.descriptor) == [reading])
        #expect(ready[0].isReadable)
        poll.forget(reading)
        poll.forget(reading)
        #expect(!poll.wait(atMost: .zero, into: &ready))
        #expect(ready.isEmpty)
    }

    @Test func `the end of a stream can be read, and a closed descriptor is refused`() throws {
        let pipe = Pipe()
        let reading = pipe.fileHandleForReading.fileDescriptor
        #expect(poll.watch(reading, reading: true, writing: false))
        try pipe.fileHandleForWriting.close()
        var ready: [ReadinessPoll.Ready] = []
        #expect(!poll.wait(atMost: nil, into: &ready))
        #expect(ready.map(\.isReadable) == [true])
        #expect(!poll.watch(-1, reading: true, writing: false))
    }

    @Test func `another thread wakes the one that waits`() throws {
        let poll = poll
        let answer = try Latch()
        let thread = try ArkaSystem.Thread("waiter") {
            var ready: [ReadinessPoll.Ready] = []
            if poll.wait(atMost: nil, into: &ready) { answer.open() }
        }
        poll.raise()
        thread.join()
        #expect(answer.isOpen)
    }
}
