import ArkaModel
import ArkaText
import Testing

/// Every bound of a list file is an error with a place, and what just fits is taken.
@Suite struct ListBoundTests {
    private func codes(_ text: String, column: String? = nil, _ limits: ListLimits)
        -> [DiagnosticCode]
    {
        let reading = ListFile(
            SourceText(name: "l", text: text), column: column, limits: limits
        ).texts()
        #expect((reading.list == nil) == !reading.diagnostics.isEmpty)
        return reading.diagnostics.map(\.code)
    }

    @Test func `bytes of the file`() {
        #expect(codes("abc\n", ListLimits(bytesMax: 4)) == [])
        #expect(codes("abc\n", ListLimits(bytesMax: 3)) == [.listTooLarge])
    }

    @Test func `entries, repeated ones included`() {
        #expect(codes("a\nb\na\n", ListLimits(entriesMax: 3)) == [])
        #expect(codes("a\nb\na\nc\nd\n", ListLimits(entriesMax: 3)) == [.listTooLarge])
    }

    @Test func `bytes of an entry`() {
        #expect(codes("éé\n", ListLimits(entryBytesMax: 4)) == [])
        #expect(
            codes("ééx\na\néééé\n", ListLimits(entryBytesMax: 4)) == [.listTooLarge, .listTooLarge])
    }

    @Test func `fields of a row`() {
        #expect(codes("a,b,c\n1,2,3\n", column: "c", ListLimits(fieldsMax: 3)) == [])
        #expect(codes("a,b,c\n1,2,3,4\n", column: "c", ListLimits(fieldsMax: 3)) == [.listTooLarge])
        #expect(
            codes("a,b,c,d\n1,2,3,4\n", column: "c", ListLimits(fieldsMax: 3)) == [.listTooLarge])
        #expect(codes(",,,\n", ListLimits(fieldsMax: 3)) == [.listTooLarge])
    }

    @Test func `errors`() {
        let limits = ListLimits(errorsMax: 3)
        #expect(codes("\"\"\n\"\"\nx\n", limits) == [.listEmptyEntry, .listEmptyEntry])
        let many = codes("\"\"\n\"\"\nx\n\"\"\n\"\"\n", limits)
        #expect(many == [.listEmptyEntry, .listEmptyEntry, .listEmptyEntry, .listTooManyErrors])
    }

    @Test func `errors of the encoding count too`() {
        let bytes = (0..<100).flatMap { _ in [0xFF, 0x0A] as [UInt8] }
        let reading = ListFile(
            SourceText(name: "l", utf8: bytes), limits: ListLimits(errorsMax: 3)
        ).texts()
        #expect(reading.diagnostics.count == 4)
        #expect(reading.diagnostics.last?.code == .listTooManyErrors)
    }
}
