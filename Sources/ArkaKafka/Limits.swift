/// The bounds of everything that waits, retries or grows in this target.
public enum KafkaLimits {
    /// Kilobytes that all lanes together may have fetched and not read yet: 1.5 s of peak traffic.
    /// Much less and librdkafka 2.0.2 stops fetching for a second at a time.
    public static let prefetchKilobytes = 48 * 1024
    /// Records that a lane's producer may hold. A lane commits after 50,000; twice that leaves room
    /// for those sent while a commit is under way.
    static let producerRecordsMax = 100_000
    /// Bytes that a lane's producer may hold. Decisions of 330 bytes need 32 MB for the records above;
    /// dead letters are larger.
    static let producerBytesMax = 48 << 20
    /// Transactions that fail one after the other before the producer is replaced: after a refused
    /// record it takes three until one goes through.
    static let failuresBeforeRenewal = 4
    /// Commits of a lane that fail one after the other before the process is not ready. One or two
    /// happen at any rebalance or move of a coordinator.
    static let failuresUntilNotReady = 3
    /// The longest one call of a transaction may block the commit thread before it is tried again.
    static let transactionCallTimeout = Duration.seconds(5)
    /// The longest one `init_transactions` may block; the broker aborts a ghost's transaction
    /// meanwhile. It is tried again, so this only bounds how late a stop is noticed.
    static let initialiseTimeout = Duration.seconds(10)
    /// The longest the end of a producer may take; one that was fenced takes 3 ms.
    static let producerCloseTimeout = Duration.seconds(5)
    /// How long the commit thread waits for delivery reports at a time; the lane's thread may have
    /// taken the last one.
    static let reportWait = Duration.milliseconds(5)
    /// Attempts of one transactional call that the library calls retriable.
    static let transactionAttemptsMax = 6
    /// How long a fenced lane waits for the group coordinator's answer. A heartbeat goes out every
    /// three seconds; two more are for its answer.
    static let coordinatorAnswerMax = Duration.seconds(5)
    /// A lane that is fenced twice within this time has a rival: the process gives up.
    static let fencedAgainWithin = Duration.seconds(60)
    /// How long an assignment waits for new producers of lanes that lost theirs.
    static let renewalTimeout = Duration.seconds(20)
    /// How long one request for committed offsets may block. Short, since a pending transaction lets
    /// it run into its time-out while the control thread should poll.
    static let committedOffsetsTimeout = Duration.seconds(2)
    /// Attempts to get committed offsets after which a person is called: with their time-out about a
    /// minute, while an honest transaction is ended by its own time-out and the broker's sweep in 20 s.
    static let attemptsUntilHeldBack = 30
    /// The longest a seek may block; it only waits for the library's own threads.
    static let seekTimeout = Duration.seconds(5)
    /// How long one attempt to read the ends of the audit trail may take where partitions are assigned.
    static let auditTailTimeout = Duration.seconds(5)
    /// The same on a lane's thread, which sees to no event meanwhile.
    static let auditTailRewindTimeout = Duration.seconds(3)
    /// The longest question for how many partitions the audit topic has, where their ends do not come.
    static let auditTopicQuestionTimeout = Duration.seconds(1)
    /// How long a topic that is read to its end may bring nothing.
    static let scanPatience = Duration.seconds(30)
    /// How long a broker may take to end a transaction whose time is over: it looks every ten seconds.
    static let transactionSweep = Duration.seconds(12)
    /// The pause before a lane asks for its committed positions again.
    static let rewindPause = Duration.milliseconds(50)
    /// How long lanes may take to let go of revoked partitions. The longest honest case is a commit
    /// that is retried until the transaction has timed out.
    static let releaseTimeout = Duration.seconds(60)
    /// The longest wait for brokers and topics at start.
    static let startTimeout = Duration.seconds(10)
    /// How long no broker may be connected before the process is not ready.
    static let brokerAwayAfter = Duration.seconds(5)
    /// How often a broker is asked whether it is there again.
    static let brokerQuestionInterval = Duration.seconds(2)
    /// The longest such a question may hold up the control thread. Short, since an assignment that is
    /// lost meanwhile must be unassigned before the next heartbeat, see ``ConsumerControl``.
    static let brokerQuestionTimeout = Duration.milliseconds(200)
    /// The longest that a question for the ends of partitions may hold it up.
    static let partitionQuestionTimeout = Duration.milliseconds(500)
    /// How often it is looked whether partitions move.
    static let partitionLookInterval = Duration.seconds(1)
    /// How long a partition may rest before its leader is asked for its end, and how often then.
    static let partitionQuestionInterval = Duration.seconds(5)
    /// How long a partition's leader may not answer, or its records wait, before it is said to stand
    /// still. A leader that moves takes a second or two.
    static let standstillAfter = Duration.seconds(5)
    /// The longest wait of the control thread for an event of the group.
    static let controlPollInterval = Duration.milliseconds(50)
    /// The largest record that a topic takes where it cannot be asked: Kafka's default.
    static let recordBytesDefault = 1_048_588
    /// What of a payload beyond the topic's limit is kept in its dead letter.
    static let truncatedPayloadBytes = 64 * 1024
    /// Bytes that a record needs beside payload, key and header bytes: batch header (61), the
    /// record's own lengths, attributes and deltas (at most 45), and some room.
    static let recordOverheadBytes = 128
    /// The longest name of a folder made from a group's name; file systems stop at 255.
    static let pathNameBytesMax = 160
    /// Slots that one group may have on a machine.
    static let slotsMax = 256
    /// Attempts to commit where new partitions begin; one that comes too late for its generation fails.
    static let pinAttemptsMax = 3
    /// Errors of one partition that are kept as text for the health report.
    static let standstillReasonsMax = 16
}
