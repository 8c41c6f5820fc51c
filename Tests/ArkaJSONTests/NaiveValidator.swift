import ArkaJSON
import ArkaModel

/// JSON Schema as one would write it down: no memory of what was tested, small whole numbers only. It
/// answers with the members and elements that were looked at, or `nil` where the value is refused.
struct NaiveValidator {
    let root: JSONNode

    func accepts(_ value: JSONNode) -> Bool { looked(root, value) != nil }

    private func looked(_ schema: JSONNode, _ value: JSONNode) -> Set<Int>? {
        if case .boolean(let isTaken) = schema.kind { return isTaken ? [] : nil }
        guard isPlainlyTaken(schema, value) else { return nil }
        var seen: Set<Int> = []
        for next in schema["$ref"].map({ [target(of: $0)] }) ?? [] {
            guard let more = looked(next, value) else { return nil }
            seen.formUnion(more)
        }
        guard let combined = combined(schema, value) else { return nil }
        seen.formUnion(combined)
        switch value.kind {
        case .object(let members):
            guard let more = members.isEmpty ? [] : membersLooked(schema, members) else {
                return nil
            }
            seen.formUnion(more)
            if let rest = schema["unevaluatedProperties"] {
                for (index, member) in members.enumerated() where !seen.contains(index) {
                    if looked(rest, member.value) == nil { return nil }
                }
                seen.formUnion(members.indices)
            }
        case .array(let elements):
            guard let more = elementsLooked(schema, elements) else { return nil }
            seen.formUnion(more)
            if let rest = schema["unevaluatedItems"] {
                for (index, element) in elements.enumerated() where !seen.contains(index) {
                    if looked(rest, element) == nil { return nil }
                }
                seen.formUnion(elements.indices)
            }
        default: break
        }
        return seen
    }

    private func target(of reference: JSONNode) -> JSONNode {
        guard case .string(let text) = reference.kind else { return root }
        let name = String(text.dropFirst("#/$defs/".count))
        return root["$defs"]?[name] ?? root
    }

    private func isPlainlyTaken(_ schema: JSONNode, _ value: JSONNode) -> Bool {
        if case .string(let type) = schema["type"]?.kind {
            let types: [String]
            switch value.kind {
            case .null: types = ["null"]
            case .boolean: types = ["boolean"]
            case .number: types = ["number", "integer"]
            case .string: types = ["string"]
            case .array: types = ["array"]
            case .object: types = ["object"]
            }
            if !types.contains(type) { return false }
        }
        if let constant = schema["const"], !isEqual(constant, value) { return false }
        if let allowed = schema["enum"]?.elements,
            !allowed.contains(where: { isEqual($0, value) })
        {
            return false
        }
        if let minimum = schema.number("minimum"), let number = value.asNumber, number < minimum {
            return false
        }
        if let max = schema.number("maxItems"), case .array(let all) = value.kind, all.count > max {
            return false
        }
        if case .boolean(true) = schema["uniqueItems"]?.kind, case .array(let all) = value.kind {
            for (index, element) in all.enumerated()
            where all[..<index].contains(where: { isEqual($0, element) }) { return false }
        }
        return true
    }

    private func combined(_ schema: JSONNode, _ value: JSONNode) -> Set<Int>? {
        var seen: Set<Int> = []
        for next in schema["allOf"]?.elements ?? [] {
            guard let more = looked(next, value) else { return nil }
            seen.formUnion(more)
        }
        if let all = schema["anyOf"]?.elements {
            let taken = all.compactMap { looked($0, value) }
            if taken.isEmpty { return nil }
            for more in taken { seen.formUnion(more) }
        }
        if let all = schema["oneOf"]?.elements {
            let taken = all.compactMap { looked($0, value) }
            if taken.count != 1 { return nil }
            seen.formUnion(taken[0])
        }
        if let other = schema["not"], looked(other, value) != nil { return nil }
        if let test = schema["if"] {
            let more = looked(test, value)
            seen.formUnion(more ?? [])
            if let next = schema[more == nil ? "else" : "then"] {
                guard let more = looked(next, value) else { return nil }
                seen.formUnion(more)
            }
        }
        return seen
    }

    private func membersLooked(_ schema: JSONNode, _ members: [JSONMember]) -> Set<Int>? {
        var seen: Set<Int> = []
        for (index, member) in members.enumerated() {
            if let next = schema["properties"]?[member.name] ?? schema["additionalProperties"] {
                guard looked(next, member.value) != nil else { return nil }
                seen.insert(index)
            }
        }
        return seen
    }

    private func elementsLooked(_ schema: JSONNode, _ elements: [JSONNode]) -> Set<Int>? {
        var seen: Set<Int> = []
        let prefix = schema["prefixItems"]?.elements ?? []
        for (index, element) in elements.enumerated() {
            guard let next = index < prefix.count ? prefix[index] : schema["items"] else {
                continue
            }
            guard looked(next, element) != nil else { return nil }
            seen.insert(index)
        }
        if let contained = schema["contains"] {
            let found = elements.indices.filter { looked(contained, elements[$0]) != nil }
            if found.isEmpty { return nil }
            seen.formUnion(found)
        }
        return seen
    }

    private func isEqual(_ a: JSONNode, _ b: JSONNode) -> Bool {
        switch (a.kind, b.kind) {
        case (.null, .null): true
        case (.boolean(let a), .boolean(let b)): a == b
        case (.number, .number): a.asNumber == b.asNumber
        case (.string(let a), .string(let b)): a == b
        case (.array(let a), .array(let b)):
            a.count == b.count && zip(a, b).allSatisfy { isEqual($0, $1) }
        case (.object(let first), .object(let second)):
            first.count == second.count
                && first.allSatisfy { member in
                    b[member.name].map { isEqual(member.value, $0) } ?? false
                }
        default: false
        }
    }
}

extension JSONNode {
    fileprivate var asNumber: Int? {
        if case .number(let text) = kind { Int(Double(text) ?? 0) } else { nil }
    }

    fileprivate func number(_ name: String) -> Int? { self[name]?.asNumber }
}
