extension FieldType {
    /// A list of values.
    /// - Parameters:
    ///   - element: The type of each item.
    ///   - countRange: How many items are taken.
    ///   - separator: The character that separates items where the list is written as one text, as it
    ///     is in an environment variable; `nil` where only a list is taken.
    public static func list<Element: Sendable>(
        of element: FieldType<Element>, countRange: ClosedRange<Int>, separator: Character? = nil
    ) -> FieldType<[Element]> where Value == [Element] {
        let shape = FieldShape.list(element.shape)
        return FieldType(shape: shape) { node, reading in
            guard let items = reading.items(node, separator: separator) else { return nil }
            guard countRange.contains(items.count) else {
                let words = "\(countRange.lowerBound) to \(countRange.upperBound) items"
                reading.refuse(node, code: .documentRange, expected: Expectation(words))
                return nil
            }
            let values = items.enumerated().map { index, item in
                reading.entering("[\(index)]", item) { element.read(item, &$0) }
            }
            return values.contains { $0 == nil } ? nil : values.compactMap { $0 }
        } write: { values in
            let texts = values.compactMap(element.write)
            return values.isEmpty ? nil : "[" + texts.joined(separator: ", ") + "]"
        }
    }

    /// A mapping with declared keys.
    public static func section(_ section: Section<Value>) -> FieldType<Value> {
        FieldType(shape: .section(section.declarations)) { node, reading in
            section.read(node, &reading)
        } write: { _ in
            nil
        }
    }
}

extension FieldType where Value == FreeMap {
    /// A mapping from the user's own keys to texts.
    /// - Parameters:
    ///   - keys: What the keys are, for the documentation.
    ///   - value: The type of each value.
    ///   - isSecret: Whether the value of a key must never be printed.
    public static func map(
        keys: String, to value: FieldType<String>,
        isSecret: @escaping @Sendable (_ key: String) -> Bool = { _ in false }
    ) -> FieldType<FreeMap> {
        FieldType(shape: .map(keys: keys, values: value.shape)) { node, reading in
            guard let entries = reading.entries(node) else { return nil }
            var map = FreeMap()
            for entry in entries {
                if isSecret(entry.key) { reading.keepSecret(entry.value) }
                let text = reading.entering("." + entry.key, entry.value, key: entry.keyPlace) {
                    value.read(entry.value, &$0)
                }
                guard let text else { continue }
                let isSecret = isSecret(entry.key) || entry.value.isFromEnvironment
                map.entries.append(FreeMap.Entry(entry.key, text, isSecret: isSecret))
            }
            return map
        } write: { map in
            let texts = map.entries.map { "\($0.key): \($0.isSecret ? "…" : $0.value)" }
            return map.entries.isEmpty ? nil : "{" + texts.joined(separator: ", ") + "}"
        }
    }
}
