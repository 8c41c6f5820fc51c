import CCurl

/// libcurl, initialised once for the process.
enum CurlLibrary {
    /// Initialises libcurl on first use; true if it could be.
    static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// Name and version of libcurl and of what it was built with, such as `libcurl/7.88.1 OpenSSL/3.0.19`.
    static var version: String { curl_version().map { String(cString: $0) } ?? "libcurl" }
}
