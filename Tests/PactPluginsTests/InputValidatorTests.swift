import ArkaModel
import PactPlugins
import PactTesting
import Testing

/// The guide's input validation, declared.
private let entityCheck: InputValidator = [
    "entity_id": [.length(1...100)],
    "entity_type": [.oneOf(["individual", "organization", "vessel"])],
]

private struct EntityPlugin: DataSourcePlugin {
    static let metadata = PluginMetadata(
        name: "secure", version: "1.0.0", description: "Checks its input.")
    let services: PluginServices

    init(_ configuration: PluginConfiguration, services: PluginServices) {
        self.services = services
    }

    var functions: [DeclaredFunction] {
        DataSource("check_entity", "Checks an entity", validating: entityCheck) {
            Parameter("entity_id", String.self)
            Parameter("entity_type", String.self)
        } answer: { id, _ in
            DataSourceResult(
                data: try await services.requestJSON(url: "https://mock-api.test/\(id)"))
        }
    }
}

@Suite struct InputValidatorTests {
    private let harness: PluginTestHarness

    init() throws {
        harness = try PluginTestHarness(EntityPlugin.self)
    }

    private func check(_ id: String, _ type: String = "vessel") async -> DataSourceResult {
        harness.mockHTTPResponse(url: "https://mock-api.test/\(id)", response: ["ok": true])
        return await harness.callDataSource(
            "check_entity", ["entity_id": .string(id), "entity_type": .string(type)])
    }

    // acceptance: S-150
    @Test func `a function declares its checks, and all that is wrong is said together`() async {
        #expect(await check("a").success)
        let refused = await check("", "ship")
        #expect(!refused.success && refused.data == [:])
        #expect(
            refused.error
                == "entity_id must have 1 to 100 characters, not 0; "
                + "entity_type must be one of ['individual', 'organization', 'vessel']")
    }

    // acceptance: S-151
    @Test func `an entity id has 1 to 100 characters`() async {
        #expect(await !check("").success)
        #expect(await check(String(repeating: "x", count: 100)).success)
        let refused = await check(String(repeating: "x", count: 101))
        #expect(refused.error == "entity_id must have 1 to 100 characters, not 101")
    }

    // acceptance: S-152
    @Test func `an entity type is one of three, and the refusal lists them`() async {
        for type in ["individual", "organization", "vessel"] {
            #expect(await check("a", type).success)
        }
        for type in ["", "Vessel", "ship"] {
            #expect(
                await check("a", type).error
                    == "entity_type must be one of ['individual', 'organization', 'vessel']")
        }
    }

    // acceptance: S-153
    @Test func `bad input causes no outside call`() async {
        _ = await check("", "ship")
        _ = await check("a", "ship")
        _ = await harness.callDataSource("check_entity", ["entity_id": "a"])
        _ = await harness.callDataSource("check_entity", ["entity_id": 1, "entity_type": "vessel"])
        #expect(harness.http.requests == [])
        #expect(await check("a").success)
        #expect(harness.http.requests.count == 1)
    }

    @Test func `each check says what is wrong, lets missing values pass, and shows none`() throws {
        let validator: InputValidator = [
            "text": [.nonEmpty], "list": [.length(2...3), .oneOf(["a", "b"])],
            "number": [.range(1...10)],
            "decimal": [.range(try ExactDecimal("0.5")...ExactDecimal("1.5"))],
        ]
        #expect(validator.problems(in: [:]) == [])
        #expect(validator.problems(in: ["text": .null, "number": .null]) == [])
        #expect(
            validator.problems(in: ["text": "x", "list": ["a", "b"], "number": 10, "decimal": 0.5])
                == [])
        #expect(
            validator.problems(in: ["text": "", "list": ["secret"], "number": 11, "decimal": 1.6])
                == [
                    "text must not be empty", "list must have 2 to 3 elements, not 1",
                    "each of list must be one of ['a', 'b']", "number must be from 1 to 10",
                    "decimal must be from 0.5 to 1.5",
                ])
    }

    @Test func `characters are counted as JSON Schema counts them`() {
        let validator: InputValidator = ["a": [.length(1...1)]]
        #expect(validator.problems(in: ["a": "\u{1F600}"]) == [])
        #expect(validator.problems(in: ["a": "e\u{301}"]) != [])
    }
}
