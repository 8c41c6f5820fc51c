/// A text that equals another one only if their bytes do. Swift's own texts are equal if they look the
/// same, such as "é" written as one scalar or as two; JSON Schema tells these apart.
struct ByteText: Sendable, Hashable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (a: ByteText, b: ByteText) -> Bool {
        a.text == b.text && a.text.utf8.elementsEqual(b.text.utf8)
    }

    // Equal bytes look the same, so Swift's hash serves.
    func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
