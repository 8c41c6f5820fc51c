import ArkaModel
import PactPlugins
import Testing

@Suite struct DispatchTests {
    private let plugin = Declared {
        DataSource("look_up", "d") {
            Parameter("id", String.self)
            Parameter("depth", default: 2)
        } answer: { id, depth in
            if id == "gone" { throw PluginError("\(id) cannot be had") }
            return DataSourceResult(data: ["id": .string(id), "depth": PluginValue(depth)])
        }
        Enrichment("add", "d") {
            Parameter("id", String.self)
            Context()
        } answer: { id, context in
            EnrichmentResult(enrichments: ["where": PluginValue(context.jurisdiction)])
        }
        Action("act", "d") {
            Parameter("id", String.self)
            Context()
        } answer: { id, context in
            ActionResult(data: ["done": .string(id), "rule": PluginValue(context.ruleID)])
        }
        Validator("judge", "d") {
            Parameter("id", String.self)
            Context()
        } answer: { id, context in
            ValidationResult(
                valid: id == "good", details: ["where": PluginValue(context.jurisdiction)])
        }
    }

    // acceptance: S-38
    @Test func `fetch calls the data source of that name and no other function`() async {
        let found = await plugin.fetch("look_up", ["id": "a"])
        #expect(found.success && found.data == ["id": "a", "depth": 2])
        #expect(await plugin.fetch("look_up", ["id": "a", "depth": 5]).data["depth"] == 5)
        #expect(await plugin.fetch("look_up", ["id": "gone"]).error == "gone cannot be had")
        #expect(
            await plugin.fetch("lookup", ["id": "a"]).error
                == "there is no function 'lookup'; did you mean 'look_up'?")
        #expect(
            await plugin.fetch("act", ["id": "a"]).error
                == "'act' is of kind action, not data_source"
        )
    }

    // acceptance: S-39
    @Test func `enrich calls the enrichment of that name with the context`() async {
        var context = PluginContext()
        context.jurisdiction = "US"
        let result = await plugin.enrich("add", data: ["id": "a"], context: context)
        #expect(result.success && result.enrichments == ["where": "US"])
        #expect(
            await plugin.enrich("look_up", data: ["id": "a"]).error
                == "'look_up' is of kind data_source, not enrichment")
        #expect(await plugin.enrich("add").error?.contains("id is missing") == true)
    }

    // acceptance: S-40
    @Test func `execute calls the action of that name with the context`() async {
        var context = PluginContext()
        context.ruleID = "r1"
        let result = await plugin.execute("act", params: ["id": "a"], context: context)
        #expect(result.success && result.data == ["done": "a", "rule": "r1"])
        #expect(
            await plugin.execute("look_up", params: ["id": "a"]).error
                == "'look_up' is of kind data_source, not action")
        #expect(
            await plugin.execute("act", params: ["id": 1]).error
                == "id must be a text, not a number")
    }

    // acceptance: S-41
    @Test func `validate calls the validator of that name, and what is refused is not valid`() async
    {
        var context = PluginContext()
        context.jurisdiction = "US"
        let result = await plugin.validate("judge", data: ["id": "good"], context: context)
        #expect(result.valid && result.details == ["where": "US"])
        #expect(await !plugin.validate("judge", data: ["id": "bad"]).valid)
        let refused = await plugin.validate("judge", data: ["id": .null])
        #expect(!refused.valid && refused.errors == ["id must be a text, not null"])
        #expect(
            await plugin.validate("act", data: ["id": "good"]).errors == [
                "'act' is of kind action, not validation"
            ])
    }

    // acceptance: X-8
    @Test func `a plugin as the guide writes it can be made and called`() async throws {
        // in the guide, `fetch` and `metadata` are abstract, so none of its plugins can be made.
        let plugin = try GeoEnrichmentPlugin(["risk_data": [:]], services: sampleServices())
        let result = await plugin.enrich("enrich_geography", data: ["country_code": "XX"])
        #expect(result.enrichments["geo_risk_score"] == 50)
    }

    @Test func `a batch answers each call in its place, bad input without its code`() async throws {
        let plugin = Declared {
            DataSource("many", "d", itemsMax: 10) {
                Parameter("id", Int.self)
            } answerAll: { ids in
                #expect(ids == [1, 3])
                return ids.map { DataSourceResult(data: ["id": PluginValue($0)]) }
            }
        }
        let function = try plugin.registeredFunctions()[0]
        guard case .batch(10, let code) = function.form else {
            Issue.record("no batch of ten")
            return
        }
        let calls = ([1, "x", 3] as [PluginValue]).map { value in
            FunctionCall(
                arguments: [value], context: PluginContext(), timeLeft: .seconds(1))
        }
        let answers = try await code(calls).map { try $0.get() }
        #expect(answers.map(\.isSuccess) == [true, false, true])
        #expect(answers[1].error == "id must be a whole number, not a text")
        #expect(!answers[1].isRetryable)
        #expect(answers[2].value == ["id": 3])
        #expect(try await code([calls[1]]).count == 1)
    }

    @Test func `a batch that answers at once does the same without waiting`() async throws {
        let plugin = Declared {
            DataSource("many", "d", itemsMax: 10) {
                Parameter("id", Int.self)
            } answerAllAtOnce: { ids in
                ids.map { DataSourceResult(data: ["id": PluginValue($0)]) }
            }
        }
        let function = try plugin.registeredFunctions()[0]
        guard case .immediateBatch(10, let code) = function.form else {
            Issue.record("no batch of ten")
            return
        }
        #expect(function.form.isImmediate && function.form.itemsMax == 10)
        let calls = ([1, "x", 3] as [PluginValue]).map { value in
            FunctionCall(
                arguments: [value], context: PluginContext(), timeLeft: .seconds(1))
        }
        let answers = try code(calls).map { try $0.get() }
        #expect(answers.map(\.isSuccess) == [true, false, true])
        #expect(answers[1].error == "id must be a whole number, not a text")
        #expect(answers[2].value == ["id": 3])
        let dispatch = FunctionDispatch(try plugin.registeredFunctions())
        let one = try await dispatch.call("many", kind: .dataSource, ["id": 7], PluginContext())
        #expect(one.value == ["id": 7])
    }

    @Test func `an answer that is no object is a failure`() async {
        let plugin = Declared {
            DataSource("list", "d") {
            } answer: {
                DataSourceResult(data: [1])
            }
            Enrichment("null", "d") {
            } answerAtOnce: {
                EnrichmentResult(enrichments: .null)
            }
        }
        #expect(
            await plugin.fetch("list").error
                == "the answer is not as the function declares it: the value must be an object, "
                + "not a list")
        #expect(await !plugin.enrich("null").success)
    }

    @Test func `a batch with too few results fails as a whole`() async throws {
        let plugin = Declared {
            DataSource("many", "d", itemsMax: 10) {
                Parameter("id", Int.self)
            } answerAll: { _ in
                []
            }
        }
        let result = await plugin.fetch("many", ["id": 1])
        #expect(result.error == "the function gave 0 results for 1 calls")
    }
}
