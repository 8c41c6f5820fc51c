import ArkaDocuments
import ArkaModel
import ArkaRules

/// The functions of a plugin as written; a plugin's manifest has the same under `exports`.
struct FunctionTableDraft: Sendable {
    var dataSources: [Function] = []
    var enrichments: [Function] = []
    var validations: [Function] = []
    var actions: [Function] = []

    struct Function: Sendable {
        var name = ""
        var description = ""
        var parameters: [Parameter] = []
        var result: [RecordSchema.Property] = []
    }

    struct Parameter: Sendable {
        var name = ""
        var description = ""
        var value = ValueDraft()
        var isRequired: Bool?
        var defaultValue: YAMLNode?
        /// What `value` comes to.
        var schema = RecordSchema.any
    }
}

extension DocumentKind where Spec == FunctionTableDraft {
    /// `kind: FunctionTable`: what a plugin's functions take and answer.
    static let functionTable = DocumentKind(
        "FunctionTable", "What the functions of a plugin take and answer.",
        spec: functionTableSection)
}

/// Shared by all documents that say what functions a plugin has.
let functionTableSection = Section<FunctionTableDraft>(
    FunctionTableDraft(),
    [
        Field(
            "data_sources", functions(such: "check_sanctions"), into: \.dataSources,
            "Functions that look something up; rules call them in `when`."),
        Field(
            "enrichments", functions(such: "enrich_geography"), into: \.enrichments,
            "Functions that add to what is known of a transaction; called in `when`."),
        Field(
            "validations", functions(such: "validate_identity_document"), into: \.validations,
            "Functions that judge something; called in `when`."),
        Field(
            "actions", functions(such: "send_alert"), into: \.actions,
            "Functions that act outside; called in `then`, only where the rule fired."),
    ])

/// - Parameter name: An example, another for each kind: a plugin has a name once.
private func functions(such name: String) -> FieldType<[FunctionTableDraft.Function]> {
    .list(of: FieldType.section(functionSection(such: name)), countRange: 0...1_000)
}

private func functionSection(such name: String) -> Section<FunctionTableDraft.Function> {
    Section(
        FunctionTableDraft.Function(),
        [
            Field(
                "name", .text(ruleNameWords, isAllowed: isRuleName), into: \.name, isRequired: true,
                example: name, "The function's name, as rules call it."),
            Field(
                "description", .text("text", isBlock: true), into: \.description,
                example: "What it is good for, in a sentence.", "What it does."),
            Field(
                "parameters", .list(of: parameter, countRange: 0...100), into: \.parameters,
                "What a call gives it."),
            Field(
                "result",
                .list(of: FieldType.section(memberSection()).property, countRange: 0...1_000),
                into: \.result, absence: "rules may read anything of it",
                "The members of its answer. Rules are checked against them."),
        ])
}

private let parameter = FieldType.section(parameterSection).mapping(
    convert: { (draft: FunctionTableDraft.Parameter) throws(Expectation) in
        var parameter = draft
        parameter.schema = try draft.value.schema()
        return parameter
    }, restore: { _ in nil })

private let parameterSection = Section<FunctionTableDraft.Parameter>(
    FunctionTableDraft.Parameter(),
    [
        Field(
            "name", .text(ruleNameWords, isAllowed: isRuleName), into: \.name, isRequired: true,
            example: "entity_id", "The parameter's name; calls name all arguments."),
        Field(
            "description", .text("text", isBlock: true), into: \.description,
            example: "The entity's id.", "What it is."),
        Field("type", .choice, into: \.value.type, example: "string", "What it takes."),
        Field(
            "required", .boolean, into: \.isRequired, absence: "true, unless it has a default",
            example: "false", "Whether a call must give it."),
        Field(
            "default", .anything("any value"), into: \.defaultValue, absence: "nothing",
            example: "full", "What the function takes where a call does not give it."),
        Field(
            "enum", .list(of: .anything("a single value"), countRange: 1...1_000),
            into: \.value.allowed, example: "[full, quick]",
            "The values that it takes, if it takes only some."),
    ])

/// A function, since members hold members.
@Sendable private func memberSection() -> Section<MemberDraft> {
    Section(
        MemberDraft(),
        [
            Field(
                "name", .text("a name") { !$0.isEmpty }, into: \.name, isRequired: true,
                example: "is_sanctioned", "The member's name."),
            Field(
                "description", .text("text", isBlock: true), into: \.description,
                example: "Whether a list has it.", "What it is."),
            Field("type", .choice, into: \.schema.type, example: "string", "What it is."),
            Field(
                "required", .boolean, into: \.isRequired,
                "Whether every answer has it. Rules must test or repair one that may be missing."),
            Field(
                "format", .choice, into: \.schema.format, absence: "any text",
                "`date-time`: a text that says a date and time."),
            Field(
                "enum", .list(of: .anything("a single value"), countRange: 1...1_000),
                into: \.schema.allowed, "The values that it may have, if it has only some."),
            Field(
                "members",
                .list(
                    of: FieldType.nested("a member, declared as here", memberSection).property,
                    countRange: 0...1_000),
                into: \.schema.members, insteadOf: "format", "The members of an object."),
            Field(
                "items",
                FieldType.nested("a value, declared as a member without a name", itemSection)
                    .mapping(
                        convert: { (draft: ValueDraft) throws(Expectation) in
                            try draft.schema()
                        }, restore: { _ in nil }),
                into: \.schema.items, insteadOf: "format", absence: "anything",
                example: "{type: string}",
                "The elements of an array."),
        ])
}

@Sendable private func itemSection() -> Section<ValueDraft> {
    Section(
        ValueDraft(),
        [
            Field("type", .choice, into: \.type, "What an element is."),
            Field(
                "format", .choice, into: \.format, absence: "any text",
                "`date-time`: a text that says a date and time."),
            Field(
                "enum", .list(of: .anything("a single value"), countRange: 1...1_000),
                into: \.allowed, "The values that it may have, if it has only some."),
            Field(
                "members",
                .list(
                    of: FieldType.nested("a member", memberSection).property,
                    countRange: 0...1_000),
                into: \.members, "The members of an object."),
        ])
}

extension FieldType where Value == MemberDraft {
    /// The member as a schema has it.
    fileprivate var property: FieldType<RecordSchema.Property> {
        mapping(
            convert: { (draft: MemberDraft) throws(Expectation) in
                RecordSchema.Property(
                    draft.name, isRequired: draft.isRequired, try draft.schema.schema())
            }, restore: { _ in nil })
    }
}
