import ArkaModel

extension YAMLNode {
    /// The same tree with a value put at a path; sections that are missing are made.
    ///
    /// Where the document has something else than a section on the way, it is left as it is: reading
    /// it reports that.
    func setting(_ path: ArraySlice<String>, to value: YAMLNode, at place: SourcePlace) -> YAMLNode
    {
        guard let key = path.first else { return value }
        var entries: [YAMLEntry]
        switch kind {
        case .mapping(let written): entries = written
        case .scalar(let scalar) where scalar.isNull: entries = []
        default: return self
        }
        let rest = path.dropFirst()
        if let index = entries.firstIndex(where: { $0.key == key }) {
            entries[index].value = entries[index].value.setting(rest, to: value, at: place)
        } else {
            let section = YAMLNode(.mapping([]), at: place)
            entries.append(
                YAMLEntry(key, at: place, section.setting(rest, to: value, at: place)))
        }
        return YAMLNode(.mapping(entries), at: self.place)
    }
}
