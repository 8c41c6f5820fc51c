import ArkaModel
import ArkaStream
import Foundation

/// Checks a value against a schema, in the order in which the text is read.
struct SlowSchema {
    /// The first thing that is wrong.
    private(set) var first: (code: DeadLetterCode, path: String)?

    /// Checks a record.
    static func check(_ value: SlowJSON, _ schema: RecordSchema) -> (
        code: DeadLetterCode, path: String
    )? {
        var checker = SlowSchema()
        guard case .object = value else { return (.wrongType, "$") }
        checker.check(value, schema, "$", named: false)
        return checker.first
    }

    private mutating func fail(_ code: DeadLetterCode, _ path: String) {
        if first == nil { first = (code, path) }
    }

    private mutating func check(
        _ value: SlowJSON, _ schema: RecordSchema, _ path: String, named: Bool
    ) {
        var constraint = RecordSchema.Constraint()
        if case .constrained(let given) = schema { constraint = given }
        switch value {
        case .null: guard allow(.null, constraint, path) else { return }
        case .boolean: guard allow(.boolean, constraint, path) else { return }
        case .string(let bytes, _):
            guard allow(.string, constraint, path) else { return }
            if let allowed = constraint.allowed, !allowed.contains(.string(bytes)) {
                fail(.valueNotAllowed, path)
            }
            if constraint.isDateTime, !Self.isDateTime(String(decoding: bytes, as: UTF8.self)) {
                fail(.invalidDateTime, path)
            }
            return
        case .number(let text):
            return checkNumber(text, constraint, path, named)
        case .array(let elements):
            guard allow(.array, constraint, path) else { return }
            if constraint.allowed != nil { fail(.valueNotAllowed, path) }
            guard case .constrained = constraint.items else { return }
            for (index, element) in elements.enumerated() {
                check(element, constraint.items, "\(path)[\(index)]", named: true)
            }
            return
        case .object(let members):
            guard allow(.object, constraint, path) else { return }
            if constraint.allowed != nil { fail(.valueNotAllowed, path) }
            return checkMembers(members, constraint, path)
        }
        if let allowed = constraint.allowed, !allowed.contains(Self.constant(value)) {
            fail(.valueNotAllowed, path)
        }
    }

    private static func constant(_ value: SlowJSON) -> SchemaConstant {
        if case .boolean(let value) = value { return .boolean(value) }
        return .null
    }

    private mutating func allow(
        _ type: JSONTypes, _ constraint: RecordSchema.Constraint, _ path: String
    ) -> Bool {
        if constraint.types.contains(type) { return true }
        fail(.wrongType, path)
        return false
    }

    private mutating func checkNumber(
        _ text: [UInt8], _ constraint: RecordSchema.Constraint, _ path: String, _ named: Bool
    ) {
        let isNumber = constraint.types.contains(.number)
        guard isNumber || constraint.types.contains(.integer) else {
            return fail(.wrongType, path)
        }
        guard let value = try? ExactDecimal(json: text) else {
            if named { fail(.numberOutOfRange, path) }
            return
        }
        if !isNumber, value.description.contains(".") { return fail(.wrongType, path) }
        if let allowed = constraint.allowed, !allowed.contains(.number(value)) {
            fail(.valueNotAllowed, path)
        }
    }

    private mutating func checkMembers(
        _ members: [(key: [UInt8], value: SlowJSON)], _ constraint: RecordSchema.Constraint,
        _ path: String
    ) {
        var seen: Set<[UInt8]> = []
        for (key, value) in members {
            guard let property = constraint.properties.first(where: { Array($0.name.utf8) == key })
            else { continue }
            let place = path + "." + property.name
            if !seen.insert(key).inserted {
                fail(.duplicateProperty, place)
                continue
            }
            check(value, property.schema, place, named: true)
        }
        for property in constraint.properties
        where property.isRequired && !seen.contains(Array(property.name.utf8)) {
            return fail(.missingProperty, path + "." + property.name)
        }
    }

    /// By regular expression and Foundation's calendar.
    static func isDateTime(_ text: String) -> Bool { milliseconds(text) != nil }

    /// Milliseconds since 1970, decimals beyond them cut off.
    static func milliseconds(_ text: String) -> Int64? {
        let pattern =
            /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/
            .asciiOnlyDigits()
        guard let match = text.wholeMatch(of: pattern), let year = Int(match.1),
            let month = Int(match.2), let day = Int(match.3), let hour = Int(match.4),
            let minute = Int(match.5), let second = Int(match.6),
            (1...12).contains(month), hour < 24, minute < 60, second < 61
        else { return nil }
        let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...lengths[month - 1]).contains(day) else { return nil }
        var offset = 0
        if match.8.count == 6 {
            guard let hours = Int(match.8.dropFirst().prefix(2)), hours < 24,
                let minutes = Int(match.8.suffix(2)), minutes < 60
            else { return nil }
            offset = (hours * 60 + minutes) * (match.8.first == "-" ? -1 : 1)
        }
        // Days counted one year and one month after the other.
        var days = 0
        func length(_ year: Int) -> Int {
            year % 4 == 0 && year % 100 != 0 || year % 400 == 0 ? 366 : 365
        }
        if year >= 1970 {
            for earlier in 1970..<year { days += length(earlier) }
        } else {
            for later in year..<1970 { days -= length(later) }
        }
        for index in 0..<(month - 1) { days += lengths[index] }
        days += day - 1
        let minutes = days * 1440 + hour * 60 + minute - offset
        if second == 60, (minutes % 1440 + 1440) % 1440 != 1439 { return nil }
        let fraction = (match.7 ?? ".").dropFirst() + "000"
        guard let thousandths = Int(fraction.prefix(3)) else { return nil }
        return Int64((minutes * 60 + second) * 1000 + thousandths)
    }
}
