import ArkaModel
import CYaml

/// Reads the events of a YAML text from libyaml; owns its parser.
struct YAMLEventReader: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>
    private var offsets: CharacterOffsets
    /// Bytes before those that libyaml sees.
    private let skipped: Int

    init(_ bytes: [UInt8]) {
        // Told to read UTF-8, libyaml takes a byte order mark for a column of the first line.
        skipped = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        offsets = CharacterOffsets(bytes, from: skipped)
        let text = bytes[skipped...]
        // SAFETY: both allocations belong to this value alone and are freed in deinit. libyaml keeps
        // pointers into its parser and into the input, so neither may move: they live on the heap.
        input = .allocate(capacity: max(1, text.count))
        _ = input.initialize(from: text)
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        let isReady = yaml_parser_initialize(parser) == 1
        precondition(isReady, "libyaml got no memory")
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, text.count)
    }

    deinit {
        // SAFETY: nothing of libyaml's is kept beyond ``next()``; the input goes after its reader.
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    /// Reads the next event; not to be called again after `streamEnd` or a failure.
    mutating func next() throws(YAMLFailure) -> YAMLEvent {
        var raw = yaml_event_t()
        // SAFETY: libyaml fills the event, which is deleted before it leaves; texts are copied.
        guard yaml_parser_parse(parser, &raw) == 1 else { throw failure() }
        defer { yaml_event_delete(&raw) }
        let start = offsets.byteOffset(ofCharacter: Int(raw.start_mark.index))
        let end = offsets.byteOffset(ofCharacter: Int(raw.end_mark.index))
        return event(raw, SourceRange(start, max(start, end)))
    }

    private func event(_ raw: yaml_event_t, _ range: SourceRange) -> YAMLEvent {
        // SAFETY: `type` says which member of the union libyaml has filled; only that one is read.
        switch raw.type {
        case YAML_STREAM_START_EVENT: return YAMLEvent(kind: .streamStart, range: range)
        case YAML_STREAM_END_EVENT: return YAMLEvent(kind: .streamEnd, range: range)
        case YAML_DOCUMENT_START_EVENT:
            let hasTags = raw.data.document_start.tag_directives.start != nil
            return YAMLEvent(kind: .documentStart(hasTagDirectives: hasTags), range: range)
        case YAML_DOCUMENT_END_EVENT: return YAMLEvent(kind: .documentEnd, range: range)
        case YAML_ALIAS_EVENT: return YAMLEvent(kind: .alias, range: range)
        case YAML_SCALAR_EVENT: return scalar(raw.data.scalar, range)
        case YAML_SEQUENCE_START_EVENT:
            let start = raw.data.sequence_start
            return YAMLEvent(
                kind: .sequenceStart, range: range, hasAnchor: start.anchor != nil,
                hasTag: start.tag != nil)
        case YAML_MAPPING_START_EVENT:
            let start = raw.data.mapping_start
            return YAMLEvent(
                kind: .mappingStart, range: range, hasAnchor: start.anchor != nil,
                hasTag: start.tag != nil)
        case YAML_SEQUENCE_END_EVENT: return YAMLEvent(kind: .sequenceEnd, range: range)
        case YAML_MAPPING_END_EVENT: return YAMLEvent(kind: .mappingEnd, range: range)
        default: preconditionFailure("libyaml has no other events")
        }
    }

    private typealias RawScalar = yaml_event_s.__Unnamed_union_data.__Unnamed_struct_scalar

    private func scalar(_ raw: RawScalar, _ range: SourceRange) -> YAMLEvent {
        // SAFETY: `value` holds `length` bytes until the event is deleted, which is after the copy.
        let bytes = UnsafeBufferPointer(start: raw.value, count: raw.length)
        let style: YAMLScalar.Style =
            switch raw.style {
            case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: .quoted
            case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
            default: .plain
            }
        return YAMLEvent(
            kind: .scalar(String(decoding: bytes, as: UTF8.self), style), range: range,
            hasAnchor: raw.anchor != nil, hasTag: raw.tag != nil)
    }

    private mutating func failure() -> YAMLFailure {
        // SAFETY: the messages are constants of libyaml.
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "out of memory"
        // Errors of its reader carry a byte offset and no mark.
        if parser.pointee.error == YAML_READER_ERROR {
            return YAMLFailure(
                problem: problem, offset: skipped + Int(parser.pointee.problem_offset),
                isEncoding: true)
        }
        var failure = YAMLFailure(
            problem: problem,
            offset: offsets.byteOffset(ofCharacter: Int(parser.pointee.problem_mark.index)))
        if let words = parser.pointee.context {
            let start = offsets.byteOffset(ofCharacter: Int(parser.pointee.context_mark.index))
            failure.context = (String(cString: words), start)
        }
        return failure
    }
}
