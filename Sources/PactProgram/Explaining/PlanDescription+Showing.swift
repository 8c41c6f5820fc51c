import ArkaJSON
import ArkaRules

extension PlanDescription {
    /// The plan as people read it: of one rule, or of the whole book.
    func shownText(rule: String?) -> String {
        var lines: [String] = []
        if rule == nil {
            lines.append("fields")
            lines += fields.map { "  \($0.name): \($0.uses.joined(separator: ", "))" }
            lines.append("predicates, and how many rules share each")
            lines += predicates.map { "  \($0.ruleCount)  \($0.cost.rawValue)  \($0.text)" }
        }
        lines.append("rules: cheap predicates before dear ones, those that need calls last")
        for described in rules where rule == nil || rule == described.name {
            lines.append("  \(described.name)")
            lines += described.predicates.map { id in
                "    \(predicates[id].cost.rawValue)  \(predicates[id].text)"
            }
        }
        if rule == nil {
            lines += section("calls", calls)
            lines += section("lists", lists.map { "\($0.name): \($0.entryCount) entries" })
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func section(_ title: String, _ items: [String]) -> [String] {
        items.isEmpty ? [] : [title] + items.map { "  " + $0 }
    }

    /// `arka.plan/1`
    var json: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.name("schema")
        json.string("arka.plan/1")
        json.array("fields", fields) { field, json in
            json.name("name")
            json.string(field.name)
            json.texts("uses", field.uses)
        }
        json.array("predicates", predicates) { predicate, json in
            json.name("text")
            json.string(predicate.text)
            json.name("cost")
            json.string(predicate.cost.rawValue)
            json.name("rules")
            json.integer(predicate.ruleCount)
        }
        json.array("rules", rules) { rule, json in
            json.name("name")
            json.string(rule.name)
            json.name("predicates")
            json.beginArray()
            for id in rule.predicates { json.integer(id) }
            json.endArray()
        }
        json.texts("calls", calls)
        json.array("lists", lists) { list, json in
            json.name("name")
            json.string(list.name)
            json.name("entries")
            json.integer(list.entryCount)
        }
        json.endObject()
        return json.bytes
    }
}

extension JSONWriter {
    /// Writes a member that is an array of objects.
    fileprivate mutating func array<Element>(
        _ name: String, _ elements: [Element], _ members: (Element, inout JSONWriter) -> Void
    ) {
        self.name(name)
        beginArray()
        for element in elements {
            beginObject()
            members(element, &self)
            endObject()
        }
        endArray()
    }

    /// Writes a member that is an array of texts.
    fileprivate mutating func texts(_ name: String, _ texts: [String]) {
        self.name(name)
        beginArray()
        for text in texts { string(text) }
        endArray()
    }
}
