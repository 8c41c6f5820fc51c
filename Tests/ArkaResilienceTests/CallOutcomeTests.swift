import ArkaModel
import Testing

@testable import ArkaResilience

@Suite struct CallOutcomeTests {
    private typealias Outcome = CallOutcome<Int>

    private static let missed = Deadline(TimeLimits(), budgetEnd: nil, at: .zero)
    private static let spent = Deadline(budgetEnd: .seconds(1), since: .zero)

    private static let all: [(CallOutcome<Int>, String, UnknownCause?, String?)] = [
        (.answered(1, .cache(age: .seconds(3), timeLeft: .seconds(4))), "cached", nil, nil),
        (.answered(1, .plugin(attempts: 2, isShared: false)), "answered", nil, nil),
        (.failed(thrown, attempts: 1), "failed", .callFailed, "ARKA-CALL-0001"),
        (
            .failed(CallFailure(missed: missed, function: "plugin.a.b"), attempts: 1), "timeout",
            .timedOut, "ARKA-CALL-0002"
        ),
        (
            .failed(CallFailure(.timedOut, message: "its own"), attempts: 1), "timeout",
            .timedOut, "ARKA-CALL-0002"
        ),
        (
            .failed(CallFailure(missed: spent, function: "plugin.a.b"), attempts: 1), "timeout",
            .budgetSpent, "ARKA-CALL-0003"
        ),
        (.skipped(.budgetSpent), "skipped", .budgetSpent, "ARKA-CALL-0003"),
        (.open(BreakerRefusal(probesIn: .seconds(2))), "open", .breakerOpen, "ARKA-CALL-0004"),
        (.skipped(.tooManyWaiting), "skipped", .notCalled, "ARKA-CALL-0005"),
    ]

    @Test(arguments: all.indices)
    func `each end has its word, its cause and its code`(index: Int) {
        let (outcome, word, cause, code) = Self.all[index]
        #expect(outcome.word == word)
        #expect(outcome.unknownCause == cause)
        #expect(outcome.isDegraded == (cause != nil))
        #expect(outcome.code?.description == code)
        #expect((outcome.errorText(function: "plugin.a.b") == nil) == (cause == nil))
        if let cause { #expect(UnknownCause.ofCalls.contains(cause)) }
    }

    @Test func `each cause of a call is some end's`() {
        // A plugin that is not enabled is not even asked.
        let causes = UnknownCause.ofCalls.subtracting([.disabled])
        #expect(Set(Self.all.compactMap(\.2)) == causes)
    }

    @Test func `texts name the function and what to do`() {
        let text = { (outcome: Outcome) in outcome.errorText(function: "plugin.a.b") }
        #expect(text(.failed(thrown, attempts: 1)) == "connection refused")
        #expect(text(.failed(thrown, attempts: 3)) == "connection refused (attempt 3)")
        #expect(
            text(.open(BreakerRefusal(probesIn: .seconds(2))))
                == "plugin.a.b was not called: its circuit breaker is open, tried again in 2s")
        #expect(
            text(.open(BreakerRefusal(probesIn: nil)))
                == "plugin.a.b was not called: its circuit breaker is open, being tried just now")
        #expect(text(.skipped(.tooManyWaiting))?.contains("raise `max_concurrent`") == true)
        #expect(text(.skipped(.budgetSpent))?.contains("raise `decision_budget`") == true)
    }

    @Test func `attempts are told of ends that had some`() {
        #expect(Outcome.failed(thrown, attempts: 3).attempts == 3)
        #expect(Outcome.answered(1, .plugin(attempts: 2, isShared: true)).attempts == 2)
        #expect(Outcome.skipped(.budgetSpent).attempts == 0)
    }

    @Test func `with hold the budget does not apply, and lanes stop while an untried call waits`() {
        #expect(OutagePolicy.decide.budgetEnd(seconds(1)) == seconds(1))
        #expect(OutagePolicy.hold.budgetEnd(seconds(1)) == nil)
        for status in BreakerStatus.allCases {
            #expect(!OutagePolicy.decide.stopsReading(while: status, unprobedCount: 1))
            #expect(!OutagePolicy.hold.stopsReading(while: status, unprobedCount: 0))
            let stops = OutagePolicy.hold.stopsReading(while: status, unprobedCount: 1)
            #expect(stops == (status != .closed))
        }
    }
}
