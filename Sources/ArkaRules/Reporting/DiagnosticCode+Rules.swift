import ArkaModel

/// The codes of the rule language; `docs/spec/error-codes.md` says what to do about each.
extension DiagnosticCode {
    // Text
    static let invalidEncoding = DiagnosticCode("RULE", 1)
    static let sourceTooLarge = DiagnosticCode("RULE", 2)
    static let tooManyDiagnostics = DiagnosticCode("RULE", 3)
    static let unexpectedCharacter = DiagnosticCode("RULE", 4)
    static let unterminatedText = DiagnosticCode("RULE", 5)
    static let invalidEscape = DiagnosticCode("RULE", 6)
    static let malformedNumber = DiagnosticCode("RULE", 7)
    static let numberOutOfRange = DiagnosticCode("RULE", 8)

    // Grammar
    static let unexpectedToken = DiagnosticCode("RULE", 10)
    static let unclosedBracket = DiagnosticCode("RULE", 11)
    static let chainedComparison = DiagnosticCode("RULE", 12)
    static let nestingTooDeep = DiagnosticCode("RULE", 13)
    static let elementIndex = DiagnosticCode("RULE", 15)

    // Rules, attributes, lets, actions
    static let duplicateRule = DiagnosticCode("RULE", 20)
    static let noCondition = DiagnosticCode("RULE", 21)
    static let noAction = DiagnosticCode("RULE", 22)
    static let unknownAttribute = DiagnosticCode("RULE", 23)
    static let invalidAttribute = DiagnosticCode("RULE", 24)
    static let unknownAction = DiagnosticCode("RULE", 25)
    static let unknownArgument = DiagnosticCode("RULE", 26)
    static let missingArgument = DiagnosticCode("RULE", 27)
    static let invalidArgument = DiagnosticCode("RULE", 28)
    static let repeatedName = DiagnosticCode("RULE", 29)
    static let unusedLet = DiagnosticCode("RULE", 30)
    static let ruleTooLarge = DiagnosticCode("RULE", 31)

    // Lists, constants, functions
    static let notConstant = DiagnosticCode("RULE", 32)
    static let listFile = DiagnosticCode("RULE", 33)
    static let unknownFunction = DiagnosticCode("RULE", 34)
    static let misplacedCall = DiagnosticCode("RULE", 35)
    static let argumentCount = DiagnosticCode("RULE", 36)
    static let argumentType = DiagnosticCode("RULE", 37)
    static let patternNotConstant = DiagnosticCode("RULE", 38)

    // Names and fields
    static let unknownName = DiagnosticCode("RULE", 40)
    static let unknownField = DiagnosticCode("RULE", 41)
    static let noProperties = DiagnosticCode("RULE", 42)
    static let optionalField = DiagnosticCode("RULE", 43)
    static let noSchema = DiagnosticCode("RULE", 44)

    // Types
    static let unlikeTypes = DiagnosticCode("RULE", 50)
    static let notACondition = DiagnosticCode("RULE", 51)
    static let notAValue = DiagnosticCode("RULE", 52)
    static let comparedWithNull = DiagnosticCode("RULE", 53)
    static let division = DiagnosticCode("RULE", 54)
    static let constantFailure = DiagnosticCode("RULE", 55)
    static let listElement = DiagnosticCode("RULE", 56)
    static let knownOfExpression = DiagnosticCode("RULE", 57)
    static let neverEqual = DiagnosticCode("RULE", 58)
    static let momentAsText = DiagnosticCode("RULE", 59)
    static let neverTrue = DiagnosticCode("RULE", 60)
    static let sameRule = DiagnosticCode("RULE", 61)
}
