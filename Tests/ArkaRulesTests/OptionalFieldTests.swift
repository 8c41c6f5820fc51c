import ArkaModel
import ArkaRules
import Testing

/// With a schema, nothing that may be missing is read by accident.
struct OptionalFieldTests {
    private func codes(
        _ condition: String, attributes: String = "", topology: OnUnknown? = nil,
        _ layout: RecordLayout = Payments.layout
    ) -> [String] {
        compile(rule(condition, attributes: attributes), layout, onUnknown: topology)
            .diagnostics.filter { $0.severity == .error }.map(\.code.description)
    }

    @Test(arguments: [
        "transaction.fee > 5", "transaction.note == \"x\"", "transaction.new_device",
        "transaction.merchant.country == \"DE\"", "transaction.metadata.x.y == 3",
        "(transaction.fee ?? transaction.metadata.x) > 5",
    ])
    func `a bare optional field is refused`(condition: String) {
        #expect(codes(condition) == ["ARKA-RULE-0043"])
        #expect(compile(rule(condition)).book == nil)
    }

    @Test(arguments: [
        "transaction.fee is known and transaction.fee > 5",
        "transaction.fee > 5 and not (transaction.fee is unknown)",
        "(transaction.fee ?? 0) > 5", "transaction.new_device ?? false",
        "transaction.merchant is known and transaction.merchant.country == \"DE\"",
        "transaction.merchant.name is known and transaction.merchant.name == \"x\"",
        "((transaction.fee + transaction.amount) ?? 0) > 5",
        "let fee = transaction.fee\n(fee ?? 0) > 5",
        "let m = transaction.merchant\nm is known\nm.mcc == \"1\"",
        "transaction.metadata.x ?? false", "transaction.amount > 5",
    ])
    func `a field that is tested or has a default is not`(condition: String) {
        #expect(codes(condition).isEmpty)
    }

    @Test func `who declares what becomes of the unknown need not test`() {
        #expect(codes("transaction.fee > 5", attributes: "(on_unknown: ignore)").isEmpty)
        #expect(codes("transaction.fee > 5", topology: .review).isEmpty)
    }

    @Test func `without a schema nothing is promised and nothing asked`() {
        #expect(codes("transaction.fee > 5", Payments.untyped).isEmpty)
    }
}
