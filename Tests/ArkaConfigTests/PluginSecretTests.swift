import ArkaConfig
import ArkaModel
import PactPlugins
import Testing

@Suite struct PluginSecretTests {
    @Test func `what of a configuration is secret follows from names and from the environment`() {
        var use = PluginUse(
            "own/p", name: "p",
            configuration: [
                "api_key": "k-1234", "privateKey": ["part": "k-5678"], "url": "https://a.test",
                "access-keys": ["k-9012"], "limit": 5,
            ])
        use.environmentTexts = ["from-the-environment", "2026", "true", "0.85", "12345678"]
        #expect(
            use.secretTexts
                == ["k-1234", "k-5678", "k-9012", "from-the-environment", "12345678"])
        let redactor = SecretRedactor()
        use.addSecrets(to: redactor)
        #expect(
            redactor.redacted("2026-11-24 k-5678 at https://a.test")
                == "2026-11-24 [redacted] at https://a.test")
    }
}
