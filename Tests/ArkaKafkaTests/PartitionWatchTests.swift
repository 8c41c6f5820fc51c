import ArkaStream
import Testing

@testable import ArkaKafka

@Suite struct PartitionWatchTests {
    /// The watch as an object with seconds for times, so that a call can stand in an expectation.
    private final class Driver {
        private var watch = PartitionWatch()

        func look(_ places: [Int32: Int64], at seconds: Int) {
            watch.look(at: positions(places), .seconds(seconds))
        }

        func question(_ seconds: Int) -> [Int32] { watch.question(at: .seconds(seconds)) }

        func answer(_ ends: [Int32: Int64], at seconds: Int) {
            watch.didAnswer(positions(ends), at: .seconds(seconds))
        }

        func silence(_ partitions: [Int32], at seconds: Int) {
            watch.didNotAnswer(partitions, reason: "_TIMED_OUT", at: .seconds(seconds))
        }

        func news(_ seconds: Int) -> [PartitionWatch.News] { watch.news(at: .seconds(seconds)) }

        private func positions(_ places: [Int32: Int64]) -> [PartitionPosition] {
            places.sorted { $0.key < $1.key }.map { PartitionPosition(partition: $0, next: $1) }
        }
    }

    @Test func `a partition that moves is not asked about`() {
        let driver = Driver()
        for second in 0..<60 {
            driver.look([0: Int64(second), 1: 7], at: second)
            #expect(!driver.question(second).contains(0))
        }
        #expect(driver.question(60) == [1])
    }

    @Test func `quiet partitions are asked about together, every five seconds`() {
        let driver = Driver()
        driver.look([0: 5, 1: 5], at: 0)
        #expect(driver.question(4).isEmpty)
        #expect(driver.question(5) == [0, 1])
        driver.answer([0: 5, 1: 5], at: 5)
        #expect(driver.question(9).isEmpty)
        #expect(driver.question(10) == [0, 1])
        #expect(driver.news(100).isEmpty)
    }

    @Test func `one leader that does not answer is found among many and named after five seconds`()
    {
        let driver = Driver()
        driver.look([0: 5, 1: 5, 2: 5], at: 0)
        driver.silence([0, 1, 2], at: 5)
        #expect(driver.question(5) == [0])
        driver.answer([0: 5], at: 5)
        #expect(driver.question(5) == [1])
        driver.silence([1], at: 6)
        #expect(driver.question(6) == [2])
        driver.answer([2: 5], at: 6)
        #expect(driver.question(6).isEmpty && driver.news(6).isEmpty)
        #expect(driver.question(11) == [1])
        driver.silence([1], at: 11)
        #expect(
            driver.news(11) == [.stands(1, reason: "its leader does not answer (_TIMED_OUT)")])
        #expect(driver.news(12).isEmpty, "said once")
        driver.answer([1: 5], at: 16)
        #expect(driver.news(16) == [.moves(1)])
        #expect(driver.question(22) == [0, 1, 2], "together again")
    }

    @Test func `a leader that is away for a moment is not worth a word`() {
        let driver = Driver()
        driver.look([3: 5], at: 0)
        driver.silence([3], at: 5)
        driver.answer([3: 5], at: 9)
        #expect(driver.news(11).isEmpty)
    }

    @Test func `records that wait for five seconds while nothing is decided are named`() {
        let driver = Driver()
        driver.look([0: 5], at: 0)
        driver.answer([0: 9], at: 5)
        #expect(driver.news(9).isEmpty)
        driver.answer([0: 12], at: 10)
        #expect(
            driver.news(10)
                == [.stands(0, reason: "7 records wait, and none was decided meanwhile")])
        driver.look([0: 6], at: 11)
        #expect(driver.news(11) == [.moves(0)])
        #expect(driver.news(60).isEmpty, "asked anew first")
    }

    @Test func `partitions that are not worked on any more are forgotten`() {
        let driver = Driver()
        driver.look([0: 5, 1: 5], at: 0)
        driver.silence([0, 1], at: 5)
        driver.look([1: 5], at: 6)
        #expect(driver.question(6) == [1])
        driver.answer([0: 9], at: 6)
        driver.silence([0], at: 6)
        #expect(driver.news(60).isEmpty)
    }
}

@Suite struct PartitionPlaceTests {
    @Test(arguments: [
        (committed: 5, gap: 5..<7, done: 7), (committed: 6, gap: 5..<7, done: 7),
        (committed: 4, gap: 5..<7, done: 4), (committed: 7, gap: 5..<7, done: 7),
        (committed: 9, gap: 5..<7, done: 9), (committed: 5, gap: nil, done: 5),
    ])
    func `offsets without records count as done only behind what is committed`(
        committed: Int64, gap: Range<Int64>?, done: Int64
    ) {
        var place = PartitionPlace(committed: committed)
        place.gap = gap
        #expect(place.done == done)
    }

    @Test func `an end counts as done once the records before it are committed`() {
        let progress = LaneProgress()
        progress.replace(with: [PartitionPosition(partition: 2, next: 0)])
        progress.noteEnd(of: 2, from: 10, to: 11)
        progress.noteEnd(of: 3, from: 10, to: 11)
        #expect(progress.all == [PartitionPosition(partition: 2, next: 0)])
        progress.noteCommit([PartitionPosition(partition: 2, next: 10)])
        #expect(progress.all == [PartitionPosition(partition: 2, next: 11)])
        progress.noteCommit([PartitionPosition(partition: 2, next: 12)])
        #expect(progress.all == [PartitionPosition(partition: 2, next: 12)])
    }
}
