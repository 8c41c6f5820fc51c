/// A number of things as people say it: `1 rule`, `2 rules`.
func counted(_ count: Int, _ word: String) -> String {
    count == 1 ? "1 \(word)" : "\(count) \(word)s"
}
