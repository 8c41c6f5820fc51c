import ArkaModel
import Foundation
import Testing

/// Secrets taken out of texts, in whatever form they stand there.
@Suite struct SecretRedactorTests {
    private let redactor = SecretRedactor()

    @Test func `a secret is taken out wherever and however often it stands`() {
        #expect(redactor.isEmpty)
        #expect(redactor.redacted("hunter2!") == "hunter2!")
        redactor.add("hunter2!")
        redactor.add("hunter2!-longer")
        #expect(!redactor.isEmpty)
        for (text, shown) in [
            ("hunter2!", "[redacted]"), ("a hunter2!hunter2! b", "a [redacted][redacted] b"),
            ("hunter2!-longer", "[redacted]"), ("hunter2!-longe", "[redacted]-longe"),
            ("hunter2", "hunter2"), ("", ""), ("ähunter2!ä", "ä[redacted]ä"),
        ] {
            #expect(redactor.redacted(text) == shown)
            #expect(redactor.redacted(Array(text.utf8)) == Array(shown.utf8))
        }
    }

    /// Foundation says how each form is written.
    @Test(arguments: [
        "pa ss/w+rd?=\"\\é\n", "AKIA/abc+def==", "plain-text_~.", "\t\u{1}quote\"", "1234567890",
    ])
    func `a secret is found in addresses, in base64 and in JSON`(secret: String) throws {
        redactor.add(secret)
        let data = Data(secret.utf8)
        let percent = try #require(
            secret.addingPercentEncoding(
                withAllowedCharacters: .init(
                    charactersIn:
                        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")))
        for form in [secret, percent, percent.lowercasedEscapes] {
            #expect(redactor.redacted("?key=\(form)&x") == "?key=[redacted]&x")
        }
        let spaces = percent.replacingOccurrences(of: "%20", with: "+")
        #expect(redactor.redacted(spaces) == "[redacted]")
        let json = try JSONSerialization.data(
            withJSONObject: ["k": secret], options: [.withoutEscapingSlashes])
        #expect(
            redactor.redacted(String(decoding: json, as: UTF8.self)) == "{\"k\":\"[redacted]\"}")
        let slashes = try JSONSerialization.data(withJSONObject: ["k": secret])
        #expect(
            redactor.redacted(String(decoding: slashes, as: UTF8.self)) == "{\"k\":\"[redacted]\"}")
        // As HTTP's basic authentication has it: whatever stands before moves all characters.
        for user in ["", "u", "us", "use", "user:"] {
            let basic = (Data(user.utf8) + data + Data(":end".utf8)).base64EncodedString()
            for form in [basic, basic.urlAlphabet] {
                let shown = redactor.redacted("Basic \(form)")
                #expect(shown.contains("[redacted]"), "\(user)")
                #expect(shown.utf8.count < form.utf8.count + 30 - data.count)
            }
        }
        #expect(redactor.redacted(data.base64EncodedString()).hasPrefix("[redacted]"))
    }

    @Test func `secrets that overlap leave as one, and nothing of either stays`() {
        redactor.add("hunter2-red")
        redactor.add("red-october")
        redactor.add("2-")
        #expect(redactor.redacted("a hunter2-red-october b") == "a [redacted] b")
        #expect(redactor.redacted("hunter2-red,red-october") == "[redacted],[redacted]")
    }

    @Test func `a secret is found whose characters a service writes as numbers`() {
        redactor.add("paßwört-🔑-é")
        for form in [
            #"pa\u00dfw\u00F6rt-\ud83d\uDD11-\u00e9"#, #"pa\u00dfwört-🔑-\u00E9"#,
            "pa%C3%9Fw%c3%b6rt-🔑-é",
        ] {
            #expect(redactor.redacted("<\(form)>") == "<[redacted]>", "\(form)")
        }
        // Halves of characters, and what only looks like one.
        for form in [#"pa\u00dfw\u00f6rt-\ud83d-"#, #"pa\u00d"#, #"\ud83d\u0041"#, "\\u", "\\"] {
            #expect(redactor.redacted(form) == form)
        }
    }

    @Test func `what is too short to be told from other text is not looked for`() {
        redactor.add("abc")
        redactor.add("")
        #expect(redactor.isEmpty && redactor.redacted("abcabc") == "abcabc")
    }

    @Test func `a secret that rotates is known for its last values`() {
        for number in 0...SecretRedactor.rotationsMax {
            redactor.add("value-\(1000 + number)", of: "key")
        }
        redactor.add("value-1000", of: "other")
        #expect(redactor.redacted("value-1000 value-1001") == "[redacted] [redacted]")
        for number in 0..<SecretRedactor.rotationsMax {
            redactor.add("other-\(1000 + number)", of: "other")
        }
        #expect(redactor.redacted("value-1000 value-1001") == "value-1000 [redacted]")
    }

    @Test func `a secret prints as its mark, however it is printed`() {
        let secret = SecretText("hunter2!")
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), "\([secret])", dumped] {
            #expect(!text.contains("hunter2") && text.contains("[redacted]"), "\(text)")
        }
        #expect(secret.revealed == "hunter2!")
    }
}

extension String {
    fileprivate var urlAlphabet: String {
        replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
    }

    /// With `%2f` for `%2F`.
    fileprivate var lowercasedEscapes: String {
        replacing(/%[0-9A-F]{2}/) { $0.output.lowercased() }
    }
}
