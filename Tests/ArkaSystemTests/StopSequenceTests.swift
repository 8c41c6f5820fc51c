import ArkaSystem
import Testing

@Suite struct StopSequenceTests {
    @Test(arguments: [
        (
            [StopSignal.terminate, .terminate],
            [StopSequence.Action.stop(.terminate), .exit(code: 143)]
        ),
        ([.interrupt, .interrupt], [.stop(.interrupt), .exit(code: 130)]),
        ([.interrupt, .terminate], [.stop(.interrupt), .exit(code: 143)]),
        ([.hangUp, .hangUp, .terminate], [.reopen, .reopen, .stop(.terminate)]),
        ([.terminate, .hangUp, .interrupt], [.stop(.terminate), .reopen, .exit(code: 130)]),
    ])
    func `the first stop signal stops, the second exits, hang-ups do neither`(
        signals: [StopSignal], actions: [StopSequence.Action]
    ) {
        var sequence = StopSequence()
        #expect(signals.map { sequence.receive($0) } == actions)
    }
}
