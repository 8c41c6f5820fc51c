public import ArkaStream

/// Decides all records of a batch; the pipeline's view of the evaluation.
public protocol BatchDecider: AnyObject {
    /// Fills the batch's outcomes, one per row, and its output.
    ///
    /// Runs on the lane's thread and must not block.
    /// - Parameter wallMilliseconds: The time that decisions name as theirs, since 1970.
    func decide(_ batch: RecordBatch, at wallMilliseconds: Int64)
}
