/// Calls whose budgets end at the same moment, as those of a round do: one timer serves them all.
///
/// Only the newest group takes more calls. So there may be two of one moment, which does no harm, and
/// nothing is looked up by time.
struct BudgetGroups: Sendable {
    fileprivate struct Group: Sendable {
        let end: Duration
        /// In the order in which they were started, those included that have ended.
        var calls: [CallID]
        var pendingCount: Int
    }

    private var groups = NumberTable<BudgetID, Group>()
    private var newest: BudgetID?
    private var numberNext: UInt64 = 0

    var count: Int { groups.count }

    /// Adds a call.
    /// - Returns: Its group, and whether that is new and needs a timer.
    mutating func join(_ call: CallID, end: Duration) -> (BudgetID, isNew: Bool) {
        if let newest, groups.update(newest, { $0.add(call, end: end) }) == true {
            return (newest, false)
        }
        let id = BudgetID(number: numberNext)
        numberNext += 1
        groups.insert(Group(end: end, calls: [call], pendingCount: 1), for: id)
        newest = id
        return (id, true)
    }

    /// Notes that one of a group's calls has ended; true if it was the last, which ends the group.
    mutating func leave(_ id: BudgetID) -> Bool {
        let pendingCount = groups.update(id) { group in
            group.pendingCount -= 1
            return group.pendingCount
        }
        guard pendingCount == 0 else { return false }
        groups.remove(id)
        return true
    }

    /// Ends a group, and returns its calls in order, those included that have ended.
    mutating func take(_ id: BudgetID) -> [CallID] {
        groups.remove(id)?.calls ?? []
    }
}

extension BudgetGroups.Group {
    /// Adds a call if its budget ends at the group's moment; false if not.
    fileprivate mutating func add(_ call: CallID, end: Duration) -> Bool {
        guard end == self.end else { return false }
        calls.append(call)
        pendingCount += 1
        return true
    }
}

/// Calls whose budgets end together.
struct BudgetID: Numbered {
    /// Counts up; never used twice.
    let number: UInt64
}
