import ArkaSystem
import Foundation
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct ThreadTests {
    @Test(arguments: [("lane-0", "lane-0"), ("a-name-of-more-than-15-bytes", "a-name-of-more-")])
    func `a thread runs its body once under its name`(name: String, shown: String) throws {
        let seen = Mutex<[String]>([])
        let shared = Shared(seen)
        let thread = try Thread(name) {
            let path = "/proc/self/task/\(currentThreadID())/comm"
            let bytes = (try? readFile(path, limit: 100)) ?? []
            shared.value.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) }
        }
        thread.join()
        thread.join()
        #expect(shared.value.withLock { $0 } == [shown + "\n"])
    }

    @Test func `a raise is not lost, and two count as one`() throws {
        let event = try WakeEvent()
        #expect(!event.wait(atMost: .zero))
        event.raise()
        event.raise()
        #expect(event.wait())
        #expect(!event.wait(atMost: .milliseconds(1)))
    }

    @Test func `a waiting thread is woken`() throws {
        let event = try WakeEvent()
        let answer = try Latch()
        let thread = try Thread("waiter") {
            event.wait()
            answer.open()
        }
        #expect(!answer.isOpen)
        event.raise()
        thread.join()
        #expect(answer.isOpen && answer.wait(atMost: .zero))
    }

    @Test func `time goes forward and the year is right`() {
        let time = SystemTime()
        let before = time.monotonic
        #expect(time.monotonic >= before)
        let seconds = Date().timeIntervalSince1970
        #expect(abs(Double(time.wallMilliseconds) / 1000 - seconds) < 60)
    }

    @Test func `the process knows what it uses`() {
        var sum = 0
        for i in 0..<3_000_000 { sum &+= i }
        #expect(sum != 0)
        let usage = ProcessUsage.cpuTime
        #expect(usage.user + usage.system > .zero)
        #expect(ProcessUsage.residentBytes ?? 0 > 1 << 20)
        #expect(ProcessUsage.peakResidentBytes > 1 << 20)
    }
}

final class Shared<Value: ~Copyable>: Sendable where Value: Sendable {
    let value: Value

    init(_ value: consuming Value) { self.value = value }
}
