import ArkaSystem
import Testing

@Suite struct DigestTests {
    // FIPS 180-4's own examples.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `known digests come out, in one piece and in many`(text: String, digest: String) {
        let bytes = Array(text.utf8)
        #expect(hexadecimal(SHA256.digest(of: bytes)) == digest)
        var pieces = SHA256()
        for byte in bytes { pieces.update([byte].span.bytes) }
        #expect(hexadecimal(pieces.finish()) == digest)
    }

    @Test func `hexadecimal keeps leading zeros`() {
        #expect(hexadecimal([0, 10, 255] as [UInt8]) == "000aff")
    }
}
