import CCurl
import PactPlugins

/// One of libcurl's easy handles: a request that is set up, carried out and read.
///
/// Handles are reset and used again; they and the connections belong to the event thread.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    private var lists: [UnsafeMutablePointer<curl_slist>] = []

    /// The first option that libcurl did not take. Each of them matters (the protocols, the proxy, the
    /// limits), so a request with one missing does not go out.
    private(set) var refusal: CURLcode?

    /// Makes a handle; `nil` if there is no memory.
    init?() {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
    }

    deinit {
        curl_easy_cleanup(pointer)
        freeLists()
    }

    /// Forgets the last request. Connections live in the multi handle and are not touched.
    func reset() {
        curl_easy_reset(pointer)
        // SAFETY: reset has let go of the lists, and the handle is in no multi handle now.
        freeLists()
        refusal = nil
    }

    func set(_ option: CURLoption, _ number: Int) {
        note(arka_curl_set_number(pointer, option, number))
    }

    func set(_ option: CURLoption, _ text: String?) {
        // SAFETY: libcurl copies the text during the call.
        note(arka_curl_set_text(pointer, option, text))
    }

    /// Sets a list of lines; they live until the next reset.
    func set(_ option: CURLoption, lines: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard let longer = curl_slist_append(list, line) else {
                curl_slist_free_all(list)
                return note(CURLE_OUT_OF_MEMORY)
            }
            list = longer
        }
        guard let list else { return }
        lists.append(list)
        note(arka_curl_set_list(pointer, option, list))
    }

    func set(size option: CURLoption, _ bytes: Int) {
        note(arka_curl_set_size(pointer, option, curl_off_t(bytes)))
    }

    /// Sets the body, which libcurl copies.
    func set(body: [UInt8]) {
        body.withUnsafeBytes { bytes in
            // SAFETY: libcurl copies as many bytes as we say during the call. The base address of an
            // empty array may be nil, which would mean "read the body from a callback".
            withUnsafePointer(to: UInt8(0)) { nothing in
                let start = bytes.baseAddress ?? UnsafeRawPointer(nothing)
                note(arka_curl_set_body(pointer, start, curl_off_t(bytes.count)))
            }
        }
    }

    /// Sets the object that libcurl's callbacks speak to.
    ///
    /// It must live until the transfer has been removed from the multi handle.
    func setCallbacks(for transfer: Transfer) {
        // SAFETY: the loop keeps the transfer until it has removed the handle.
        let context = Unmanaged.passUnretained(transfer).toOpaque()
        note(
            arka_curl_set_callbacks(
                pointer, receiveBody, receiveHeader, openSocket, beforeRequest, context))
    }

    func number(_ info: CURLINFO) -> Int { arka_curl_number(pointer, info) }

    func text(_ info: CURLINFO) -> String? {
        arka_curl_text(pointer, info).map { String(cString: $0) }
    }

    private func note(_ code: CURLcode) {
        if code != CURLE_OK, refusal == nil { refusal = code }
    }

    private func freeLists() {
        for list in lists { curl_slist_free_all(list) }
        lists = []
    }
}
