import ArkaModel

extension DiagnosticCode {
    static let callFailed = DiagnosticCode("CALL", 1)
    static let callTimedOut = DiagnosticCode("CALL", 2)
    static let callBudgetSpent = DiagnosticCode("CALL", 3)
    static let callBreakerOpen = DiagnosticCode("CALL", 4)
    static let callTooManyWaiting = DiagnosticCode("CALL", 5)
}
