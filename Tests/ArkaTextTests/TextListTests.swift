import ArkaText
import Testing

@Suite struct TextListTests {
    @Test func `a list holds what it was made of`() {
        let list = TextList(["DE", "IT", "DE"].map { Array($0.utf8) })
        #expect(list.count == 2)
        #expect(list.contains(Array("IT".utf8)))
        #expect(!list.contains(Array("FR".utf8)))
    }
}
